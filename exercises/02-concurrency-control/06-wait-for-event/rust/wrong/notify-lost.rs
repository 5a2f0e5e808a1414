use tokio::sync::Notify;

pub struct Door {
    opened: Notify,
}

impl Door {
    pub fn new() -> Door {
        Door { opened: Notify::new() }
    }

    pub fn open(&self) {
        self.opened.notify_waiters();
    }

    pub fn close(&self) {}

    pub async fn enter(&self) {
        self.opened.notified().await;
    }
}
