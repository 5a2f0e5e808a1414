use harness::expect;
use solution::both;
use tokio::time::Instant;

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waits_once() {
        let start = Instant::now();
        both().await;
        expect(start.elapsed().as_secs() == 2, "one-after-another", start.elapsed().as_secs(), 2);
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn ends() {
        both().await;
    }
}
