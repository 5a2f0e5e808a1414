use std::sync::Mutex;
use tokio_util::sync::CancellationToken;

pub struct Door {
    opened: Mutex<CancellationToken>,
}

impl Door {
    pub fn new() -> Door {
        Door { opened: Mutex::new(CancellationToken::new()) }
    }

    pub fn open(&self) {
        self.opened.lock().expect("no panic inside").cancel();
    }

    pub fn close(&self) {
        *self.opened.lock().expect("no panic inside") = CancellationToken::new();
    }

    pub async fn enter(&self) {
        let opened = self.opened.lock().expect("no panic inside").clone();
        opened.cancelled().await;
    }
}
