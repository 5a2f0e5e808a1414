use subject::twice::twice;

#[tokio::test]
async fn doubles() {
    assert_eq!(twice(2).await, 4);
}
