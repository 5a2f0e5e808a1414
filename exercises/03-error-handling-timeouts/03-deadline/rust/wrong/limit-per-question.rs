use harness::Api;
use std::time::Duration;
use thiserror::Error;
use tokio::time::{sleep, timeout};

const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug, Error, PartialEq)]
#[error("not ready within {limit:?}")]
pub struct TooSlow {
    pub limit: Duration,
}

pub async fn wait_for_report(api: &Api, id: u32, limit: Duration) -> Result<String, TooSlow> {
    loop {
        match timeout(limit, api.try_fetch(id)).await {
            Ok(Ok(report)) => return Ok(report),
            Ok(Err(_not_yet)) => sleep(PAUSE).await,
            Err(_elapsed) => return Err(TooSlow { limit }),
        }
    }
}
