use futures::stream::{FuturesUnordered, StreamExt};
use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let fetches: FuturesUnordered<_> = ids.iter().map(|id| api.fetch(*id)).collect();
    let mut replies: Vec<String> = fetches.collect().await;
    replies.sort();
    replies
}
