/// Twice `n`.
pub async fn twice(n: u32) -> u32 {
    tokio::task::yield_now().await;
    n * 2
}
