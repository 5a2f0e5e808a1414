use harness::Api;

pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    tokio::spawn(storage.fetch(page));
    let rendered = renderer.fetch(page).await;
    storage.fetch(page).await;
    rendered
}
