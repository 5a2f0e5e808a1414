use harness::Api;

pub async fn greet(api: &Api, id: u32) -> String {
    if api.fetch(id).await.is_empty() {
        return "Hello!".to_owned();
    }
    format!("Hello, {}!", api.fetch(id).await)
}
