use harness::{Api, clock, expect};
use solution::ask;
use std::time::Duration;
use tokio::time::timeout;

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn stops() {
        let api = Api::new().latency(Duration::from_secs(3600));
        let asked = timeout(Duration::from_secs(1), ask(api.clone())).await;
        clock::settle().await;
        expect(asked.is_err() && api.in_flight() == 0, "goes-on", api.in_flight(), 0);
    }
}
