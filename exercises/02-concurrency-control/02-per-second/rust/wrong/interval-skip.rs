use harness::Api;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

pub struct Paced {
    api: Api,
    ticks: Mutex<Interval>,
}

impl Paced {
    pub fn new(api: Api, per_second: u32) -> Paced {
        let mut ticks = interval(Duration::from_secs(1) / per_second);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        Paced { api, ticks: Mutex::new(ticks) }
    }

    pub async fn fetch(&self, id: u32) -> String {
        self.ticks.lock().await.tick().await;
        self.api.fetch(id).await
    }
}
