use harness::Api;
use std::time::Duration;
use subject::prove_concurrency::fetch_all;

fn service() -> Api {
    let seconds = Duration::from_secs;
    Api::new().latency_of(1, seconds(2)).latency_of(2, seconds(3)).latency_of(3, seconds(1))
}

#[tokio::test(start_paused = true)]
async fn runs_at_the_same_time() {
    let api = service();
    fetch_all(&api, &[1, 2, 3]).await;
    assert!(api.max_in_flight() > 1);
}

#[tokio::test(start_paused = true)]
async fn keeps_the_order() {
    assert_eq!(fetch_all(&service(), &[1, 2, 3]).await, ["item 1", "item 2", "item 3"]);
}
