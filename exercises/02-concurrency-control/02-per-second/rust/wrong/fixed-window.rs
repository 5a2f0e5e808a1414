use harness::Api;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

const WINDOW: Duration = Duration::from_secs(1);

pub struct Paced {
    api: Api,
    per_second: u32,
    window: Mutex<Option<(Instant, u32)>>,
}

impl Paced {
    pub fn new(api: Api, per_second: u32) -> Paced {
        Paced { api, per_second, window: Mutex::new(None) }
    }

    pub async fn fetch(&self, id: u32) -> String {
        while let Err(next) = self.count() {
            sleep_until(next).await;
        }
        self.api.fetch(id).await
    }

    fn count(&self) -> Result<(), Instant> {
        let mut window = self.window.lock().expect("no panic inside");
        let (start, calls) = window.get_or_insert((Instant::now(), 0));
        if start.elapsed() >= WINDOW {
            (*start, *calls) = (Instant::now(), 0);
        }
        if *calls == self.per_second {
            return Err(*start + WINDOW);
        }
        *calls += 1;
        Ok(())
    }
}
