use harness::{Api, ApiError};
use tokio::task::JoinSet;

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let mut tasks = JoinSet::new();
    for id in ids {
        tasks.spawn(api.try_fetch(*id));
    }
    let mut parts = Vec::new();
    while let Some(part) = tasks.join_next().await {
        parts.push(part.expect("no fetch panics")?);
    }
    Ok(parts)
}
