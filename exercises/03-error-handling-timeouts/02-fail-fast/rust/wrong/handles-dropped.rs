use futures::future::try_join_all;
use harness::{Api, ApiError};

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let tasks = ids.iter().map(|id| tokio::spawn(api.try_fetch(*id)));
    try_join_all(tasks.map(|task| async { task.await.expect("no fetch panics") })).await
}
