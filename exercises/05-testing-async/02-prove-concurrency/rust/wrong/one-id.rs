use harness::Api;
use std::time::Duration;
use subject::prove_concurrency::fetch_all;
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn takes_as_long_as_the_longest() {
    let start = Instant::now();
    let replies = fetch_all(&Api::new(), &[7]).await;
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    assert_eq!(replies, ["item 7"]);
}
