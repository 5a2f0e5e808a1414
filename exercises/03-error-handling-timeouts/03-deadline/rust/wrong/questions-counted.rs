use harness::Api;
use std::time::Duration;
use thiserror::Error;
use tokio::time::sleep;

const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug, Error, PartialEq)]
#[error("not ready within {limit:?}")]
pub struct TooSlow {
    pub limit: Duration,
}

pub async fn wait_for_report(api: &Api, id: u32, limit: Duration) -> Result<String, TooSlow> {
    for _ in 0..limit.as_millis() / PAUSE.as_millis() {
        if let Ok(report) = api.try_fetch(id).await {
            return Ok(report);
        }
        sleep(PAUSE).await;
    }
    Err(TooSlow { limit })
}
