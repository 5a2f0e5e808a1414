//! Prove concurrency: tests that fail for code that is not concurrent.

use harness::Api;
use std::time::Duration;
use subject::prove_concurrency::fetch_all;

#[tokio::test(start_paused = true)]
async fn fetches_concurrently() {
    let api = Api::new().latency_of(2, Duration::from_secs(3));
    let replies = fetch_all(&api, &[1, 2, 3]).await;
    assert_eq!(replies.len(), 3);
}
