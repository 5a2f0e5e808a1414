//! Lost update: a value that is read, thought about, and written.

use harness::Api;
use tokio::sync::Mutex;

/// Hands out invoice numbers. Which number follows another, the registry knows: some are taken.
pub struct Numbers {
    registry: Api,
    last: Mutex<u32>,
}

impl Numbers {
    /// Begins after number 0.
    pub fn new(registry: Api) -> Numbers {
        Numbers { registry, last: Mutex::new(0) }
    }

    /// Hands out the next number, which nobody else gets.
    pub async fn next(&self) -> u32 {
        // Held from the read to the write, over the await.
        let mut last = self.last.lock().await;
        *last = following(&self.registry, *last).await;
        *last
    }
}

/// Asks the registry which number follows `last`.
async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
