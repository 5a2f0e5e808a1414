use subject::first_test::price;

#[tokio::test]
async fn the_same_question_has_the_same_answer() {
    for item in ["tea", "coffee", "cake", "sofa"] {
        let expected = price(item, 2).await;
        assert_eq!(price(item, 2).await, expected);
    }
}
