use harness::{Api, clock, expect, list, seconds};
use solution::gather;
use std::time::Duration;

const IDS: [u32; 6] = [3, 1, 4, 15, 9, 2];

fn service() -> Api {
    IDS.into_iter().fold(Api::new(), |api, id| api.latency_of(id, Duration::from_millis(u64::from(id) * 10)))
}

fn items(ids: &[u32]) -> Vec<String> {
    ids.iter().map(|id| format!("item {id}")).collect()
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn takes_as_long_as_the_longest() {
        let longest = Duration::from_millis(150);
        let (_, took) = clock::took(gather(&service(), &IDS, IDS.len())).await;
        expect(took <= longest, "one-after-another", seconds(took), seconds(longest));
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_to_the_limit() {
        let api = service();
        gather(&api, &IDS, 2).await;
        expect(api.max_in_flight() <= 2, "too-many-at-once", api.max_in_flight(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_the_order() {
        let replies = gather(&service(), &IDS, 3).await;
        expect(replies == items(&IDS), "other-replies", list(&replies), list(&items(&IDS)));
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waits_a_second_at_most() {
        let api = service().latency_of(4, Duration::from_secs(60));
        let (replies, took) = clock::took(gather(&api, &IDS, IDS.len())).await;
        expect(took <= Duration::from_secs(1), "waited-on", seconds(took), "1.0 s");
        expect(replies[2] == "late", "waited-on", &replies[2], "late");
    }

    #[tokio::test(start_paused = true)]
    async fn no_ids_give_no_replies() {
        let replies = gather(&service(), &[], 1).await;
        expect(replies.is_empty(), "other-replies", list(&replies), "[]");
    }
}
