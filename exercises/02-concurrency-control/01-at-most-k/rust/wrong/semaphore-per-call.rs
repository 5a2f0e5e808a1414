use futures::future::join_all;
use harness::Api;
use tokio::sync::Semaphore;

pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    join_all(ids.iter().map(|id| fetch_one(api, *id, k))).await
}

async fn fetch_one(api: &Api, id: u32, k: usize) -> String {
    let places = Semaphore::new(k);
    let _place = places.acquire().await.expect("the semaphore is never closed");
    api.fetch(id).await
}
