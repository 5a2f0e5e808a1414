use futures::future::try_join_all;
use harness::{Api, ApiError};

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    Ok(try_join_all(ids.iter().map(|id| api.try_fetch(*id))).await.unwrap())
}
