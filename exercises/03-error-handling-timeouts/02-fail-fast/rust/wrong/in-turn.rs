use harness::{Api, ApiError};

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let mut parts = Vec::new();
    for id in ids {
        parts.push(api.try_fetch(*id).await?);
    }
    Ok(parts)
}
