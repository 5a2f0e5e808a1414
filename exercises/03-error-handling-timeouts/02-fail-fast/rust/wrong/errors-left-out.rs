use futures::future::join_all;
use harness::{Api, ApiError};

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let parts = join_all(ids.iter().map(|id| api.try_fetch(*id))).await;
    Ok(parts.into_iter().flatten().collect())
}
