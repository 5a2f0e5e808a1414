use harness::Api;
use std::time::Duration;
use thiserror::Error;
use tokio::time::{Instant, sleep};

const PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug, Error, PartialEq)]
#[error("not ready within {limit:?}")]
pub struct TooSlow {
    pub limit: Duration,
}

pub async fn wait_for_report(api: &Api, id: u32, limit: Duration) -> Result<String, TooSlow> {
    let start = Instant::now();
    let report = ask_until_ready(api, id).await;
    if start.elapsed() > limit {
        return Err(TooSlow { limit });
    }
    Ok(report)
}

async fn ask_until_ready(api: &Api, id: u32) -> String {
    loop {
        if let Ok(report) = api.try_fetch(id).await {
            return report;
        }
        sleep(PAUSE).await;
    }
}
