use harness::Api;
use std::time::Duration;
use subject::prove_concurrency::fetch_all;
use tokio::time::Instant;

fn service() -> Api {
    let seconds = Duration::from_secs;
    Api::new().latency_of(1, seconds(2)).latency_of(2, seconds(3)).latency_of(3, seconds(1))
}

#[tokio::test(start_paused = true)]
async fn takes_as_long_as_the_longest() {
    let start = Instant::now();
    fetch_all(&service(), &[1, 2, 3]).await;
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn has_every_reply() {
    let mut replies = fetch_all(&service(), &[1, 2, 3]).await;
    replies.sort();
    assert_eq!(replies, ["item 1", "item 2", "item 3"]);
}
