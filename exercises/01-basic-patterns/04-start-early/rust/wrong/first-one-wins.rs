use harness::Api;
use std::pin::pin;

pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    let mut rendering = pin!(renderer.fetch(page));
    tokio::select! {
        rendered = &mut rendering => rendered,
        _ = storage.fetch(page) => rendering.await,
    }
}
