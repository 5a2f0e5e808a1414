use harness::Api;

pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    let backup = storage.fetch(page);
    let rendered = renderer.fetch(page).await;
    backup.await;
    rendered
}
