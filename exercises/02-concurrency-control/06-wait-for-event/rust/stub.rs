//! Wait for event: be told, instead of looking again and again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::sleep;

/// A door that people wait at until it is open.
pub struct Door {
    is_open: AtomicBool,
}

impl Door {
    /// A closed door.
    pub fn new() -> Door {
        Door { is_open: AtomicBool::new(false) }
    }

    /// Opens it: whoever waits may enter now, and whoever comes later, until it is closed.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }

    /// Closes it.
    pub fn close(&self) {
        self.is_open.store(false, Ordering::SeqCst);
    }

    /// Waits until the door is open.
    pub async fn enter(&self) {
        while !self.is_open.load(Ordering::SeqCst) {
            sleep(Duration::from_millis(100)).await;
        }
    }
}
