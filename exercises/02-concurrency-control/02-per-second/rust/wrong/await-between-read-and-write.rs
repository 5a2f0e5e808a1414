use harness::Api;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

pub struct Paced {
    api: Api,
    every: Duration,
    next: Mutex<Instant>,
}

impl Paced {
    pub fn new(api: Api, per_second: u32) -> Paced {
        Paced { api, every: Duration::from_secs(1) / per_second, next: Mutex::new(Instant::now()) }
    }

    pub async fn fetch(&self, id: u32) -> String {
        let next = *self.next.lock().await;
        let slot = next.max(Instant::now());
        sleep_until(slot).await;
        *self.next.lock().await = slot + self.every;
        self.api.fetch(id).await
    }
}
