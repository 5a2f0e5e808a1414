use harness::Api;
use std::sync::Mutex;

pub struct Numbers {
    registry: Api,
    last: Mutex<u32>,
}

impl Numbers {
    pub fn new(registry: Api) -> Numbers {
        Numbers { registry, last: Mutex::new(0) }
    }

    pub async fn next(&self) -> u32 {
        let last = self.read();
        let next = following(&self.registry, last).await;
        *self.last.lock().expect("no panic inside") = next;
        next
    }

    fn read(&self) -> u32 {
        *self.last.lock().expect("no panic inside")
    }
}

async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
