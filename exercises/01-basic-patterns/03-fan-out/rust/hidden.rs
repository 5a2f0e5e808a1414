use harness::{Api, clock, expect, list, seconds};
use solution::fetch_all;
use std::time::Duration;

const IDS: [u32; 5] = [3, 1, 4, 15, 9];
const LONGEST: Duration = Duration::from_secs(1);

/// A service whose answers to [`IDS`] arrive in the order 1, 15, 3, 9, 4.
fn service() -> Api {
    let milliseconds = [(3, 300), (1, 100), (4, 1_000), (15, 200), (9, 400)];
    milliseconds.into_iter().fold(Api::new(), |api, (id, latency)| api.latency_of(id, Duration::from_millis(latency)))
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn takes_as_long_as_the_longest() {
        let api = service();
        let (_, took) = clock::took(fetch_all(&api, &IDS)).await;
        if api.max_in_flight() == 1 {
            let in_tasks = api.spans().iter().all(|span| span.task != "main");
            let made_first = api.created().iter().all(Duration::is_zero);
            let message = match () {
                () if in_tasks => "spawned-then-awaited",
                () if made_first => "made-then-awaited",
                () => "one-after-another",
            };
            expect(took <= LONGEST, message, seconds(took), seconds(LONGEST));
        }
        expect(took <= LONGEST, "too-few-at-once", api.max_in_flight(), IDS.len());
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_the_order() {
        let api = service();
        let replies = fetch_all(&api, &IDS).await;
        let expected = IDS.map(|id| format!("item {id}"));
        let (mut sorted, mut expected_sorted) = (replies.clone(), expected.to_vec());
        sorted.sort();
        expected_sorted.sort();
        expect(sorted == expected_sorted, "other-replies", list(&replies), list(&expected));
        let arrived: Vec<String> = api.answered().iter().map(|id| format!("item {id}")).collect();
        let message = if replies == arrived { "completion-order" } else { "another-order" };
        expect(replies == expected, message, list(&replies), list(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn no_ids_give_no_replies() {
        let replies = fetch_all(&service(), &[]).await;
        expect(replies.is_empty(), "other-replies", list(&replies), "[]");
    }
}
