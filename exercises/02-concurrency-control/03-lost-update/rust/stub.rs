//! Lost update: a value that is read, thought about, and written.

use harness::Api;
use std::sync::atomic::{AtomicU32, Ordering};

/// Hands out invoice numbers. Which number follows another, the registry knows: some are taken.
pub struct Numbers {
    registry: Api,
    last: AtomicU32,
}

impl Numbers {
    /// Begins after number 0.
    pub fn new(registry: Api) -> Numbers {
        Numbers { registry, last: AtomicU32::new(0) }
    }

    /// Hands out the next number, which nobody else gets.
    pub async fn next(&self) -> u32 {
        let last = self.last.load(Ordering::SeqCst);
        let next = following(&self.registry, last).await;
        self.last.store(next, Ordering::SeqCst);
        next
    }
}

/// Asks the registry which number follows `last`.
async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
