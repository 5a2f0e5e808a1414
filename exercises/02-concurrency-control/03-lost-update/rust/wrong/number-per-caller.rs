use harness::Api;
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Numbers {
    registry: Api,
    last: AtomicU32,
}

impl Numbers {
    pub fn new(registry: Api) -> Numbers {
        Numbers { registry, last: AtomicU32::new(0) }
    }

    pub async fn next(&self) -> u32 {
        following(&self.registry, 0).await;
        self.last.fetch_add(1, Ordering::SeqCst) + 1
    }
}

async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
