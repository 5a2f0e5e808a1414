use harness::Api;

pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    let rendering = tokio::spawn(renderer.fetch(page));
    let stored = storage.fetch(page).await;
    rendering.await.expect("the rendering does not panic");
    stored
}
