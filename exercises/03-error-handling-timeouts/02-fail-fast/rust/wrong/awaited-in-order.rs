use harness::{Api, ApiError};
use tokio::task::JoinSet;

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let mut owner = JoinSet::new();
    let mut handles = Vec::new();
    for id in ids {
        let (done, ended) = tokio::sync::oneshot::channel();
        let fetch = api.try_fetch(*id);
        owner.spawn(async move { done.send(fetch.await).ok() });
        handles.push(ended);
    }
    let mut parts = Vec::new();
    for ended in handles {
        parts.push(ended.await.expect("the task is not stopped")?);
    }
    Ok(parts)
}
