//! Prove concurrency: tests that fail for code that is not concurrent.

use harness::Api;
use std::time::Duration;
use subject::prove_concurrency::fetch_all;
use tokio::time::Instant;

const IDS: [u32; 3] = [1, 2, 3];

/// A service that answers 3 first, then 1, then 2.
fn service() -> Api {
    let seconds = Duration::from_secs;
    Api::new().latency_of(1, seconds(2)).latency_of(2, seconds(3)).latency_of(3, seconds(1))
}

#[tokio::test(start_paused = true)]
async fn takes_as_long_as_the_longest() {
    let start = Instant::now();
    fetch_all(&service(), &IDS).await;
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn replies_stand_where_their_ids_stood() {
    assert_eq!(fetch_all(&service(), &IDS).await, ["item 1", "item 2", "item 3"]);
}
