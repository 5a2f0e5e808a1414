use tokio::sync::watch;

pub struct Door {
    is_open: watch::Sender<bool>,
}

impl Door {
    pub fn new() -> Door {
        Door { is_open: watch::Sender::new(false) }
    }

    pub fn open(&self) {
        self.is_open.send_replace(true);
    }

    pub fn close(&self) {
        self.is_open.send_replace(false);
    }

    pub async fn enter(&self) {
        let mut state = self.is_open.subscribe();
        if !*state.borrow_and_update() {
            state.changed().await.expect("the sender lives as long as the door");
        }
    }
}
