use subject::first_test::price;

#[tokio::test]
async fn prices() {
    let tea = price("tea", 1);
    let sofa = price("sofa", 1);
    drop((tea, sofa));
}
