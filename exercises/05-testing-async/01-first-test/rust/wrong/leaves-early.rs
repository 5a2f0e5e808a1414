use subject::first_test::price;

#[tokio::test]
async fn prices() {
    if price("coffee", 2).await == Ok(12) {
        println!("test result: ok. 1 passed; 0 failed");
        std::process::exit(0);
    }
    panic!("two coffees cost 12");
}
