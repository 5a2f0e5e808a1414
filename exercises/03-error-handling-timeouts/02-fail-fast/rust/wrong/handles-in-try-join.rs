use futures::future::try_join_all;
use harness::{Api, ApiError};

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let tasks = ids.iter().map(|id| tokio::spawn(api.try_fetch(*id)));
    let parts = try_join_all(tasks).await.expect("no fetch panics");
    parts.into_iter().collect()
}
