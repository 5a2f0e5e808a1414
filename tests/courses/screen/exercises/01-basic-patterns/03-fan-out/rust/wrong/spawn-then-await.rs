use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    let mut replies = Vec::new();
    for id in ids {
        let task = tokio::spawn(api.fetch(*id));
        replies.push(task.await.expect("the fetch does not panic"));
    }
    replies
}
