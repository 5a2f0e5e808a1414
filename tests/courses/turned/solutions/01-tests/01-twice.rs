use subject::twice::twice;

#[tokio::test(start_paused = true)]
async fn doubles() {
    assert_eq!(twice(4).await, 8);
}

#[tokio::test(start_paused = true)]
async fn ends_for_odd_numbers() {
    assert_eq!(twice(3).await, 6);
}
