use harness::Api;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

pub struct Paced {
    api: Api,
    every: Duration,
    next: Mutex<Option<Instant>>,
}

impl Paced {
    pub fn new(api: Api, _per_second: u32) -> Paced {
        Paced { api, every: Duration::from_millis(250), next: Mutex::new(None) }
    }

    pub async fn fetch(&self, id: u32) -> String {
        sleep_until(self.slot()).await;
        self.api.fetch(id).await
    }

    fn slot(&self) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let slot = next.map_or(now, |next| next.max(now));
        *next = Some(slot + self.every);
        slot
    }
}
