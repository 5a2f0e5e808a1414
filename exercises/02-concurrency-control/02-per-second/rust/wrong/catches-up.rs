use harness::Api;
use std::sync::Mutex;
use std::time::Duration;
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
        sleep_until(self.slot()).await;
        self.api.fetch(id).await
    }

    fn slot(&self) -> Instant {
        let mut next = self.next.lock().expect("no panic inside");
        let slot = *next;
        *next += self.every;
        slot
    }
}
