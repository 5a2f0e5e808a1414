use harness::Api;

pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    let rendered = renderer.fetch(page).await;
    let backup = tokio::spawn(storage.fetch(page));
    backup.await.expect("the backup does not panic");
    rendered
}
