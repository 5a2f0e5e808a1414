use std::time::Duration;
use tokio::time::sleep;

pub async fn both() {
    tokio::join!(sleep(Duration::from_secs(2)), sleep(Duration::from_secs(2)));
}
