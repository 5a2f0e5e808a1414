use harness::Api;
use subject::prove_concurrency::fetch_all;

#[tokio::test(start_paused = true)]
async fn fetches_concurrently() {
    for count in [1, 2, 5] {
        let ids: Vec<u32> = (0..count).collect();
        assert_eq!(fetch_all(&Api::new(), &ids).await.len(), ids.len());
    }
}
