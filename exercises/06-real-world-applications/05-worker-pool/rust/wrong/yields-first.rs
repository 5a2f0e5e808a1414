use harness::Library;
use tokio::task::yield_now;

pub struct Pool {
    library: Library,
}

impl Pool {
    pub fn new(library: Library, _threads: usize) -> Pool {
        Pool { library }
    }

    pub async fn call(&self, id: u32) -> String {
        yield_now().await;
        let answer = self.library.call(id);
        yield_now().await;
        answer
    }
}
