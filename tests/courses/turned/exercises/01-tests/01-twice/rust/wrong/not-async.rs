use subject::twice::twice;

#[test]
async fn doubles() {
    assert_eq!(twice(3).await, 6);
}
