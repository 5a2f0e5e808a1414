use harness::Api;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::Mutex;

pub struct Numbers {
    registry: Api,
    last: AtomicU32,
}

impl Numbers {
    pub fn new(registry: Api) -> Numbers {
        Numbers { registry, last: AtomicU32::new(0) }
    }

    pub async fn next(&self) -> u32 {
        let lock = Mutex::new(());
        let _locked = lock.lock().await;
        let next = following(&self.registry, self.last.load(Ordering::SeqCst)).await;
        self.last.store(next, Ordering::SeqCst);
        next
    }
}

async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
