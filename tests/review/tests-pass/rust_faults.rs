// Tests that cannot fail, or do not run.
#[cfg(test)]
mod tests {
    async fn start() -> u32 {
        std::fs::read("x").map_or(0, |bytes| bytes.len() as u32) // expect: blocking-file
    }

    async fn test_forgotten() { // expect: async-test-unmarked
        assert_eq!(start().await, 1);
    }

    #[tokio::test]
    async fn says_nothing() { // expect: test-without-assert
        start().await;
    }

    #[tokio::test]
    async fn sleeps() {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await; // expect: real-sleep-in-test
        assert_eq!(start().await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn virtual_time() {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(start().await, 1);
    }
}
