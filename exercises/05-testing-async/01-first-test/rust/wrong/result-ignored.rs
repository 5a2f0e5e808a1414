use subject::first_test::price;

#[tokio::test]
async fn prices() {
    let _ = price("coffee", 2).await;
    let _ = price("sofa", 1).await;
}
