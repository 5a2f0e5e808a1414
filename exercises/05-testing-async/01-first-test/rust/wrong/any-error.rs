use subject::first_test::price;

#[tokio::test]
async fn two_coffees_cost_twelve() {
    assert_eq!(price("coffee", 2).await, Ok(12));
}

#[tokio::test]
async fn a_sofa_is_unknown() {
    assert!(price("sofa", 1).await.is_err());
}
