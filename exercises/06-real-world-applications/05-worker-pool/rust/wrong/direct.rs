use harness::Library;
use std::sync::Arc;
use tokio::sync::Semaphore;

pub struct Pool {
    library: Library,
    places: Arc<Semaphore>,
}

impl Pool {
    pub fn new(library: Library, threads: usize) -> Pool {
        Pool { library, places: Arc::new(Semaphore::new(threads)) }
    }

    pub async fn call(&self, id: u32) -> String {
        let _place = self.places.acquire().await.expect("the pool stays open");
        ask(&self.library, id).await
    }
}

async fn ask(library: &Library, id: u32) -> String {
    library.call(id)
}
