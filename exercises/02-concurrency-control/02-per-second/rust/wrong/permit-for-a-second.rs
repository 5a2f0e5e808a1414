use harness::Api;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

pub struct Paced {
    api: Api,
    places: Semaphore,
}

impl Paced {
    pub fn new(api: Api, per_second: u32) -> Paced {
        Paced { api, places: Semaphore::new(per_second as usize) }
    }

    pub async fn fetch(&self, id: u32) -> String {
        let _place = self.places.acquire().await.expect("the semaphore is never closed");
        let (reply, ()) = tokio::join!(self.api.fetch(id), sleep(Duration::from_secs(1)));
        reply
    }
}
