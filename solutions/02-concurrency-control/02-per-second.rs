//! Per second: at most so many calls in any one-second window.

use harness::Api;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// A service that is asked at most `per_second` times in any second, by however many callers.
pub struct Paced {
    api: Api,
    every: Duration,
    /// When the next call may begin; none before the first call.
    next: Mutex<Option<Instant>>,
}

impl Paced {
    /// Allows `per_second` calls of `api` in any one-second window.
    pub fn new(api: Api, per_second: u32) -> Paced {
        Paced { api, every: Duration::from_secs(1) / per_second, next: Mutex::new(None) }
    }

    /// Asks the service for `id` as soon as it may be asked.
    pub async fn fetch(&self, id: u32) -> String {
        sleep_until(self.slot()).await;
        self.api.fetch(id).await
    }

    /// Takes the next free point in time. Nothing is awaited between reading and writing `next`.
    fn slot(&self) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let slot = next.map_or(now, |next| next.max(now));
        *next = Some(slot + self.every);
        slot
    }
}
