use harness::expect;
use solution::answer;

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn answers() {
        let got: u32 = answer().await;
        expect(got == 42, "wrong-answer", got, 42);
    }
}

// The same name as above, in another module, in real time and with the standard library's macro.
mod errors {
    use super::*;

    #[tokio::test]
    async fn answers() {
        let got: u32 = answer().await;
        assert_eq!(got, 42);
    }
}
