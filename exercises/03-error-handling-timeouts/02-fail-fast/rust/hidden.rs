use harness::{Api, ApiError, caught, clock, expect, list, seconds};
use solution::fetch_parts;
use std::time::Duration;
use tokio::time::sleep;

const IDS: [u32; 4] = [1, 2, 3, 4];
const FIRST_ERROR: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(3);

/// Parts take 3 s, part 2 only 0.2 s, part 4 half a second.
fn service() -> Api {
    Api::new().named("part").latency(LONGEST).latency_of(2, FIRST_ERROR).latency_of(4, Duration::from_millis(500))
}

/// Of which part 2 is refused, and later part 4.
fn refusing() -> Api {
    service().fails(2, "sold out").fails(4, "no such part")
}

fn told(result: &Result<Vec<String>, ApiError>) -> String {
    match result {
        Ok(parts) => format!("Ok({})", list(parts)),
        Err(error) => format!("Err({}: {})", error.id, error.text),
    }
}

/// Fetches the parts; a panic instead of a result fails the test.
async fn fetched(api: &Api) -> Result<Vec<String>, ApiError> {
    let result = caught(fetch_parts(api, &IDS)).await;
    if let Err(panicked) = &result {
        expect(false, "error-lost", panicked, "Err(2: sold out)");
    }
    result.expect("no panic")
}

/// Requests that go on though nobody waits for them.
async fn left_over(api: &Api) -> usize {
    clock::settle().await;
    api.in_flight()
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn all_parts_together_in_order() {
        let api = service();
        let (result, took) = clock::took(fetched(&api)).await;
        let expected = "Ok([item 1, item 2, item 3, item 4])";
        expect(told(&result) == expected, "other-parts", told(&result), expected);
        expect(took <= LONGEST, "one-after-another", seconds(took), seconds(LONGEST));
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_error_is_returned() {
        let result = fetched(&refusing()).await;
        let expected = "Err(2: sold out)";
        let message = if result.is_ok() { "error-lost" } else { "another-error" };
        expect(told(&result) == expected, message, told(&result), expected);
    }

    #[tokio::test(start_paused = true)]
    async fn the_error_comes_at_once() {
        let (_, took) = clock::took(fetched(&refusing())).await;
        expect(took <= FIRST_ERROR, "waits-for-the-others", seconds(took), seconds(FIRST_ERROR));
    }

    #[tokio::test(start_paused = true)]
    async fn the_other_parts_are_stopped() {
        let api = refusing();
        fetched(&api).await.ok();
        let left_over = left_over(&api).await;
        expect(left_over == 0, "siblings-run-on", left_over, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn cancelled_it_leaves_nothing_behind() {
        let api = service();
        let fetching = tokio::spawn({
            let api = api.clone();
            async move { fetch_parts(&api, &IDS).await }
        });
        sleep(FIRST_ERROR / 2).await;
        fetching.abort();
        let left_over = left_over(&api).await;
        expect(left_over == 0, "not-when-cancelled", left_over, 0);
    }
}
