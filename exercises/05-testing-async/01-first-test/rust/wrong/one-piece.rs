use subject::first_test::{UnknownItem, price};

#[tokio::test]
async fn every_item_has_its_price() {
    assert_eq!(price("tea", 1).await, Ok(4));
    assert_eq!(price("coffee", 1).await, Ok(6));
}

#[tokio::test]
async fn a_sofa_is_unknown() {
    assert_eq!(price("sofa", 1).await, Err(UnknownItem("sofa".to_owned())));
}
