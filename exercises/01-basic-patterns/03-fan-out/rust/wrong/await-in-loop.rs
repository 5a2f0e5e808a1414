use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let mut replies = Vec::new();
    for id in ids {
        replies.push(api.fetch(*id).await);
    }
    replies
}
