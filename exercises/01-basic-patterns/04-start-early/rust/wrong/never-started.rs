use harness::Api;

pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    let _backup = storage.fetch(page);
    renderer.fetch(page).await
}
