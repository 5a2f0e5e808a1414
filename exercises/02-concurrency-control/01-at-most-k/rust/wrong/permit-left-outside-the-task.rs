use harness::Api;
use tokio::sync::Semaphore;

pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    let places = Semaphore::new(k);
    let mut tasks = Vec::new();
    for id in ids {
        let _place = places.acquire().await.expect("the semaphore is never closed");
        tasks.push(tokio::spawn(api.fetch(*id)));
    }
    let mut replies = Vec::new();
    for task in tasks {
        replies.push(task.await.expect("the fetch does not panic"));
    }
    replies
}
