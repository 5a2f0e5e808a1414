use harness::Api;
use tokio::runtime::Runtime;

pub async fn greet(api: &Api, id: u32) -> String {
    let runtime = Runtime::new().expect("a runtime");
    let name = runtime.block_on(api.fetch(id));
    format!("Hello, {name}!")
}
