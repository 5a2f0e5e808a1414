use harness::{Api, ApiError};
use std::time::Duration;
use thiserror::Error;
use tokio::time::{sleep, timeout};

#[derive(Debug, Error, PartialEq)]
pub enum GiveUp {
    #[error(transparent)]
    Refused(ApiError),
    #[error("out of time")]
    OutOfTime,
}

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(1);

const BUSY: &str = "503";

pub async fn fetch_retrying(
    api: &Api,
    id: u32,
    limit: Duration,
    mut jitter: impl FnMut() -> f64,
) -> Result<String, GiveUp> {
    let mut most = FIRST;
    loop {
        match timeout(limit, api.try_fetch(id)).await {
            Ok(Err(error)) if error.text == BUSY => sleep(most.mul_f64(jitter())).await,
            Ok(ended) => return ended.map_err(GiveUp::Refused),
            Err(_elapsed) => return Err(GiveUp::OutOfTime),
        }
        most = LONGEST.min(most * 2);
    }
}
