use harness::Library;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

pub struct Pool {
    library: Library,
    threads: usize,
}

impl Pool {
    pub fn new(library: Library, threads: usize) -> Pool {
        Pool { library, threads }
    }

    pub async fn call(&self, id: u32) -> String {
        let places = Arc::new(Semaphore::new(self.threads));
        let place = places.acquire_owned().await.expect("the pool stays open");
        let library = self.library.clone();
        let answer = spawn_blocking(move || {
            let _place = place;
            library.call(id)
        });
        answer.await.expect("the library does not panic")
    }
}
