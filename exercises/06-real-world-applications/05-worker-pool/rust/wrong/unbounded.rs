use harness::Library;
use tokio::task::spawn_blocking;

pub struct Pool {
    library: Library,
}

impl Pool {
    pub fn new(library: Library, _threads: usize) -> Pool {
        Pool { library }
    }

    pub async fn call(&self, id: u32) -> String {
        let library = self.library.clone();
        spawn_blocking(move || library.call(id)).await.expect("the library does not panic")
    }
}
