use harness::Api;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::sleep;

pub struct Numbers {
    registry: Api,
    last: AtomicU32,
    busy: AtomicBool,
}

impl Numbers {
    pub fn new(registry: Api) -> Numbers {
        Numbers { registry, last: AtomicU32::new(0), busy: AtomicBool::new(false) }
    }

    pub async fn next(&self) -> u32 {
        while self.busy.swap(true, Ordering::SeqCst) {
            sleep(Duration::from_millis(10)).await;
        }
        let next = following(&self.registry, self.last.load(Ordering::SeqCst)).await;
        self.last.store(next, Ordering::SeqCst);
        self.busy.store(false, Ordering::SeqCst);
        next
    }
}

async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
