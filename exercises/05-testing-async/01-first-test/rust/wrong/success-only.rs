use subject::first_test::price;

#[tokio::test]
async fn every_item_has_its_price() {
    assert_eq!(price("tea", 2).await, Ok(8));
    assert_eq!(price("coffee", 3).await, Ok(18));
    assert_eq!(price("cake", 1).await, Ok(9));
}
