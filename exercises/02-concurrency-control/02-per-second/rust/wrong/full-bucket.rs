use harness::Api;
use std::sync::Mutex;
use tokio::time::{Duration, Instant, sleep};

pub struct Paced {
    api: Api,
    per_second: f64,
    bucket: Mutex<(f64, Option<Instant>)>,
}

impl Paced {
    pub fn new(api: Api, per_second: u32) -> Paced {
        let per_second = f64::from(per_second);
        Paced { api, per_second, bucket: Mutex::new((per_second, None)) }
    }

    pub async fn fetch(&self, id: u32) -> String {
        sleep(self.take()).await;
        self.api.fetch(id).await
    }

    /// Takes a token, which may not have dripped in yet, and says how long that takes.
    fn take(&self) -> Duration {
        let mut bucket = self.bucket.lock().expect("no panic inside");
        let (tokens, filled) = *bucket;
        let now = Instant::now();
        let dripped = filled.map_or(0.0, |filled| (now - filled).as_secs_f64() * self.per_second);
        let tokens = (tokens + dripped).min(self.per_second) - 1.0;
        *bucket = (tokens, Some(now));
        Duration::from_secs_f64((-tokens).max(0.0) / self.per_second)
    }
}
