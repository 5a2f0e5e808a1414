use tokio_util::sync::CancellationToken;

pub struct Door {
    opened: CancellationToken,
}

impl Door {
    pub fn new() -> Door {
        Door { opened: CancellationToken::new() }
    }

    pub fn open(&self) {
        self.opened.cancel();
    }

    pub fn close(&self) {}

    pub async fn enter(&self) {
        self.opened.cancelled().await;
    }
}
