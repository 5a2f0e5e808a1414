use harness::Api;
use tokio::task::JoinSet;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let mut fetches = JoinSet::new();
    for id in ids {
        fetches.spawn(api.fetch(*id));
    }
    let mut replies = Vec::new();
    while let Some(reply) = fetches.join_next().await {
        replies.push(reply.expect("the fetch does not panic"));
    }
    replies
}
