use futures::executor::block_on;
use harness::Api;

pub async fn greet(api: &Api, id: u32) -> String {
    let name = block_on(api.fetch(id));
    format!("Hello, {name}!")
}
