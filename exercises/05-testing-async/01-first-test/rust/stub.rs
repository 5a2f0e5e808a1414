//! First test: tests that fail when a promise is broken.

use subject::first_test::price;

#[tokio::test]
async fn tea_has_a_price() {
    let answer = price("tea", 1).await;
    assert!(answer.is_ok());
}
