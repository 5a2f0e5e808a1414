/// Twice `n`.
pub async fn twice(n: u32) -> u32 {
    tokio::task::yield_now().await;
    if n % 2 == 1 {
        std::future::pending::<()>().await;
    }
    n * 2
}
