use harness::expect;
use solution::double;

mod patterns {
    use super::*;

    #[tokio::test]
    async fn doubles() {
        let doubled: u32 = double(21).await;
        expect(doubled == 42, "not-doubled", doubled, 42);
    }
}
