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
        let place = self.places.clone().acquire_owned().await.expect("the pool stays open");
        let library = self.library.clone();
        let answer = tokio::spawn(async move {
            let _place = place;
            library.call(id)
        });
        answer.await.expect("the library does not panic")
    }
}
