use futures::future::join_all;
use harness::Api;
use tokio::sync::Semaphore;

pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    let places = Semaphore::new(k);
    join_all(ids.iter().map(|id| fetch_one(api, *id, &places))).await
}

async fn fetch_one(api: &Api, id: u32, places: &Semaphore) -> String {
    places.acquire().await.expect("it is never closed").forget();
    api.fetch(id).await
}
