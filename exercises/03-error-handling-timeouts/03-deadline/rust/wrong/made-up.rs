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
    Ok(timeout(limit, ask_until_ready(api, id)).await.unwrap_or_default())
}

async fn ask_until_ready(api: &Api, id: u32) -> String {
    loop {
        if let Ok(report) = api.try_fetch(id).await {
            return report;
        }
        sleep(PAUSE).await;
    }
}
