use harness::Api;
use std::thread;
use tokio::runtime::Runtime;

pub async fn greet(api: &Api, id: u32) -> String {
    let answer = api.fetch(id);
    let thread = thread::spawn(move || Runtime::new().expect("a runtime").block_on(answer));
    let name = thread.join().expect("the thread ends");
    format!("Hello, {name}!")
}
