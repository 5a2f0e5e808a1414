use subject::first_test::{UnknownItem, price};

#[test]
async fn two_coffees_cost_twelve() {
    assert_eq!(price("coffee", 2).await, Ok(12));
}

#[test]
async fn a_sofa_is_unknown() {
    assert_eq!(price("sofa", 1).await, Err(UnknownItem("sofa".to_owned())));
}
