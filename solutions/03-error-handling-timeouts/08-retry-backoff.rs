//! Retry with backoff: again, but only where it helps, later each time, and not for ever.

use harness::{Api, ApiError};
use std::time::Duration;
use thiserror::Error;
use tokio::time::{sleep, timeout};

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
    limit: Duration,
    mut jitter: impl FnMut() -> f64,
) -> Result<String, GiveUp> {
    let trying = async {
        let mut most = FIRST;
        loop {
            match api.try_fetch(id).await {
                Err(error) if error.text == BUSY => sleep(most.mul_f64(jitter())).await,
                ended => return ended.map_err(GiveUp::Refused),
            }
            most = LONGEST.min(most * 2);
        }
    };
    // Around everything: it strikes during a try and during a wait.
    timeout(limit, trying).await.unwrap_or(Err(GiveUp::OutOfTime))
}
