use harness::Api;
use std::time::Duration;
use subject::prove_concurrency::fetch_all;
use tokio::time::Instant;

fn service() -> Api {
    let ms = Duration::from_millis;
    Api::new().latency_of(1, ms(20)).latency_of(2, ms(30)).latency_of(3, ms(10))
}

#[tokio::test]
async fn takes_as_long_as_the_longest() {
    let start = Instant::now();
    fetch_all(&service(), &[1, 2, 3]).await;
    assert_eq!(start.elapsed(), Duration::from_millis(30));
}

#[tokio::test(start_paused = true)]
async fn keeps_the_order() {
    assert_eq!(fetch_all(&service(), &[1, 2, 3]).await, ["item 1", "item 2", "item 3"]);
}
