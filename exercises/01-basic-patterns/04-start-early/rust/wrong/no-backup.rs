use harness::Api;

pub async fn publish(_storage: &Api, renderer: &Api, page: u32) -> String {
    renderer.fetch(page).await
}
