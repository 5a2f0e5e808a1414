//! First test: tests that fail when a promise is broken.

use subject::first_test::{UnknownItem, price};

#[tokio::test]
async fn every_item_has_its_price() {
    assert_eq!(price("tea", 1).await, Ok(4));
    assert_eq!(price("coffee", 1).await, Ok(6));
    assert_eq!(price("cake", 1).await, Ok(9));
}

#[tokio::test]
async fn several_pieces_cost_several_times_as_much() {
    assert_eq!(price("coffee", 3).await, Ok(18));
}

#[tokio::test]
async fn an_unknown_item_is_an_error_that_names_it() {
    assert_eq!(price("sofa", 1).await, Err(UnknownItem("sofa".to_owned())));
}
