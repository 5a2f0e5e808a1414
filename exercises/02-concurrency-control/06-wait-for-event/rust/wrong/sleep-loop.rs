use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::sleep;

pub struct Door {
    is_open: AtomicBool,
}

impl Door {
    pub fn new() -> Door {
        Door { is_open: AtomicBool::new(false) }
    }

    pub fn open(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }

    pub fn close(&self) {
        self.is_open.store(false, Ordering::SeqCst);
    }

    pub async fn enter(&self) {
        while !self.is_open.load(Ordering::SeqCst) {
            sleep(Duration::from_millis(10)).await;
        }
    }
}
