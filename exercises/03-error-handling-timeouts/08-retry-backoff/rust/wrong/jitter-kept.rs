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
    let trying = async {
        let mut most = FIRST;
        loop {
            match api.try_fetch(id).await {
                Err(error) if error.text == BUSY => {
                    most = most.mul_f64(jitter());
                    sleep(most).await;
                }
                ended => return ended.map_err(GiveUp::Refused),
            }
            most = LONGEST.min(most * 2);
        }
    };
    timeout(limit, trying).await.unwrap_or(Err(GiveUp::OutOfTime))
}
