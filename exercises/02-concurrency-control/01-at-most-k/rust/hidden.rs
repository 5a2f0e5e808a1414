use harness::{Api, caught, clock, expect, list};
use solution::fetch_all;
use std::time::Duration;
use tokio::time::timeout;

const IDS: [u32; 8] = [3, 1, 4, 15, 9, 2, 6, 5];
/// By then every fetch has ended that will.
const LATER: Duration = Duration::from_secs(60);

/// A service whose answers take 0.1 to 1 s: the first of [`IDS`] takes longest.
fn service() -> Api {
    let milliseconds = [(3, 1_000), (1, 100), (4, 200), (15, 400), (9, 300), (2, 600), (6, 100), (5, 200)];
    milliseconds.into_iter().fold(Api::new(), |api, (id, latency)| api.latency_of(id, Duration::from_millis(latency)))
}

/// Whether something in the code waits for a place: where there is none at all, nothing can be fetched.
async fn waits_for_a_place() -> bool {
    let api = Api::new().named("probe");
    timeout(Duration::from_millis(1), caught(fetch_all(&api, &[1], 0))).await.ok();
    api.calls() == 0
}

/// When a fetch began or ended, and the most fetches under way from then on.
fn steps(api: &Api) -> Vec<(Duration, usize)> {
    let spans = api.spans();
    let mut times: Vec<Duration> = spans.iter().flat_map(|span| [Some(span.start), span.end]).flatten().collect();
    times.sort();
    times.dedup();
    let under_way = |at| spans.iter().filter(|span| span.start <= at && span.end.is_none_or(|end| end > at)).count();
    times.into_iter().map(|at| (at, under_way(at))).collect()
}

/// The fewest fetches that were under way while others had not begun.
fn fewest_while_others_wait(api: &Api) -> usize {
    let last_start = api.spans().iter().map(|span| span.start).max().unwrap_or_default();
    let before = steps(api).into_iter().take_while(|(at, _)| *at < last_start);
    before.map(|(_, under_way)| under_way).min().unwrap_or(IDS.len())
}

/// Whether no fetch began while another was under way, except for those that began with it.
fn in_batches(api: &Api) -> bool {
    let spans = api.spans();
    let others_on = |start| spans.iter().any(|other| other.start < start && other.end.is_none_or(|end| end > start));
    spans.iter().all(|span| !others_on(span.start))
}

mod rate_limit {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn never_more_than_k_at_once() {
        let api = service();
        let ended = timeout(LATER, fetch_all(&api, &IDS, 3)).await.is_ok();
        expect(ended || api.calls() == IDS.len(), "never-given-back", api.calls(), IDS.len());
        let most = api.max_in_flight();
        if most == IDS.len() {
            let message = if waits_for_a_place().await { "limit-without-effect" } else { "no-limit" };
            expect(most <= 3, message, most, 3);
        }
        expect(most <= 3, "above-k", most, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn every_place_is_used() {
        let api = service();
        fetch_all(&api, &IDS, 3).await;
        expect(api.max_in_flight() >= 3, "below-k", api.max_in_flight(), 3);
        let fewest = fewest_while_others_wait(&api);
        let message = if in_batches(&api) { "in-batches" } else { "place-left-empty" };
        expect(fewest >= 3, message, fewest, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn k_is_what_the_caller_says() {
        for k in [1, 5] {
            let api = service();
            fetch_all(&api, &IDS, k).await;
            expect(api.max_in_flight() <= k, "above-k", api.max_in_flight(), k);
            expect(api.max_in_flight() >= k, "below-k", api.max_in_flight(), k);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn more_places_than_ids_are_no_limit() {
        let api = service();
        let (replies, took) = clock::took(fetch_all(&api, &IDS[..2], 5)).await;
        expect(replies.len() == 2, "other-replies", list(&replies), list(["item 3", "item 1"]));
        let longest = Duration::from_secs(1);
        expect(took <= longest, "below-k", api.max_in_flight(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn the_order_is_kept() {
        let api = service();
        let replies = fetch_all(&api, &IDS, 3).await;
        let expected = IDS.map(|id| format!("item {id}"));
        let (mut sorted, mut expected_sorted) = (replies.clone(), expected.to_vec());
        sorted.sort();
        expected_sorted.sort();
        expect(sorted == expected_sorted, "other-replies", list(&replies), list(&expected));
        expect(replies == expected, "completion-order", list(&replies), list(&expected));
    }
}
