use futures::future::join_all;
use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    let mut replies = Vec::new();
    for batch in ids.chunks(k) {
        replies.extend(join_all(batch.iter().map(|id| api.fetch(*id))).await);
    }
    replies
}
