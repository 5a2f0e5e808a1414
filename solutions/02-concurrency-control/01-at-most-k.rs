//! At most k: many fetches, never more than k at once.

use futures::future::join_all;
use harness::Api;
use tokio::sync::Semaphore;

/// Fetches every id, at most `k` at once, and returns the replies in the order of `ids`.
pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    let places = Semaphore::new(k);
    join_all(ids.iter().map(|id| fetch_one(api, *id, &places))).await
}

async fn fetch_one(api: &Api, id: u32, places: &Semaphore) -> String {
    // Lives to the end of the function: the place is taken as long as the fetch is under way.
    let _place = places.acquire().await.expect("the semaphore is never closed");
    api.fetch(id).await
}
