use subject::twice::twice;

async fn doubles() {
    assert_eq!(twice(3).await, 6);
}
