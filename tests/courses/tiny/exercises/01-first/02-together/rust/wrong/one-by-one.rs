use std::time::Duration;
use tokio::time::sleep;


pub async fn both() {
    sleep(Duration::from_secs(2)).await;
    sleep(Duration::from_secs(2)).await;
}
