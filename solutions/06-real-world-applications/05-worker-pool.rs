//! Worker pool: a blocking library kept off the loop.

use harness::Library;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// So many threads for a library whose calls block.
pub struct Pool {
    library: Library,
    places: Arc<Semaphore>,
}

impl Pool {
    /// A pool in front of the library: never more than `threads` threads are in it.
    pub fn new(library: Library, threads: usize) -> Pool {
        Pool { library, places: Arc::new(Semaphore::new(threads)) }
    }

    /// Asks the library, without keeping anybody else from going on.
    pub async fn call(&self, id: u32) -> String {
        let place = self.places.clone().acquire_owned().await.expect("the pool stays open");
        let library = self.library.clone();
        let answer = spawn_blocking(move || {
            // The place belongs to the thread: a caller may be gone long before the library returns.
            let _place = place;
            library.call(id)
        });
        answer.await.expect("the library does not panic")
    }
}
