use subject::twice::twice;

#[tokio::test]
async fn doubles() {
    assert_eq!(twice(3).await, 5);
}
