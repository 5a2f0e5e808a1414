use futures::future::join_all;
use harness::Api;
use tokio::sync::Mutex;

pub async fn fetch_all(api: &Api, ids: &[u32], _k: usize) -> Vec<String> {
    let place = Mutex::new(());
    join_all(ids.iter().map(|id| fetch_one(api, *id, &place))).await
}

async fn fetch_one(api: &Api, id: u32, place: &Mutex<()>) -> String {
    let _place = place.lock().await;
    api.fetch(id).await
}
