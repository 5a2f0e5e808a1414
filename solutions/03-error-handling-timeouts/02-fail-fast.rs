//! Fail fast: all or nothing, and nothing as soon as one part is missing.

use futures::future::try_join_all;
use harness::{Api, ApiError};

/// Fetches all parts in the order of `ids`; or returns the first error.
pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    // Futures, not handles of tasks: those that are left over at the first error are dropped, and so stopped.
    try_join_all(ids.iter().map(|id| api.try_fetch(*id))).await
}
