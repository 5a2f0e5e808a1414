use harness::Api;
use std::time::Duration;
use tokio::time::sleep;

pub struct Paced {
    api: Api,
    per_second: u32,
}

impl Paced {
    pub fn new(api: Api, per_second: u32) -> Paced {
        Paced { api, per_second }
    }

    pub async fn fetch(&self, id: u32) -> String {
        sleep(Duration::from_secs(1) / self.per_second).await;
        self.api.fetch(id).await
    }
}
