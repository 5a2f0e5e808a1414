use std::time::Duration;
use tokio::time::sleep;

/// Sleeps two seconds, twice, at the same time.
pub async fn both() {
    sleep(Duration::from_secs(2)).await;
    sleep(Duration::from_secs(2)).await;
}
