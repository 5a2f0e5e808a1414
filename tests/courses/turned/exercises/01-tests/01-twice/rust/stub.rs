use subject::twice::twice;

#[tokio::test(start_paused = true)]
async fn doubles() {
    assert_ne!(twice(2).await, 0);
}
