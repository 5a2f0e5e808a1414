use harness::Library;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::block_in_place;

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
        block_in_place(|| self.library.call(id))
    }
}
