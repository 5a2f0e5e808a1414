use harness::Library;
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

pub struct Pool {
    library: Library,
    places: Arc<Semaphore>,
    answer: Arc<Mutex<String>>,
}

impl Pool {
    pub fn new(library: Library, threads: usize) -> Pool {
        Pool { library, places: Arc::new(Semaphore::new(threads)), answer: Arc::default() }
    }

    pub async fn call(&self, id: u32) -> String {
        let place = self.places.clone().acquire_owned().await.expect("the pool stays open");
        let (library, answer) = (self.library.clone(), self.answer.clone());
        let called = spawn_blocking(move || {
            let _place = place;
            *answer.lock().expect("nobody panics") = library.call(id);
        });
        called.await.expect("the library does not panic");
        self.answer.lock().expect("nobody panics").clone()
    }
}
