//! Gather: every reply, a few at once, none for ever.

use harness::Api;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Fetches every id, at most `limit` at once, each for at most one second; what takes longer is `late`.
pub async fn gather(api: &Api, ids: &[u32], limit: usize) -> Vec<String> {
    let permits = Arc::new(Semaphore::new(limit));
    let mut running = JoinSet::new();
    for (place, id) in ids.iter().copied().enumerate() {
        let (api, permits) = (api.clone(), Arc::clone(&permits));
        running.spawn(async move {
            let _permit = permits.acquire_owned().await;
            (place, timeout(Duration::from_millis(1_000), api.fetch(id)).await.unwrap_or("late".to_owned()))
        });
    }
    let mut replies = vec![String::new(); ids.len()];
    while let Some(ended) = running.join_next().await {
        if let Ok((place, reply)) = ended {
            replies[place] = reply;
        }
    }
    replies
}
