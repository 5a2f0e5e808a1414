use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let fetches: Vec<_> = ids.iter().map(|id| api.fetch(*id)).collect();
    let mut replies = Vec::new();
    for fetch in fetches {
        replies.push(fetch.await);
    }
    replies
}
