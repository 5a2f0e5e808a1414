use harness::{Api, clock, expect, list, seconds};
use solution::run;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// By then everything is cooked, and whoever still waits, waits for ever.
const NIGHT: Duration = Duration::from_secs(24 * 60 * 60);

/// An order is taken in a second, a dish is made in so many.
fn services(cooking: u64) -> (Api, Api) {
    (Api::new().named("order"), Api::new().named("dish").latency(Duration::from_secs(cooking)))
}

/// The lists of so many waiters, each one order longer than the one before: [10], [20, 21], ...
fn lists(waiters: u32) -> Vec<Vec<u32>> {
    (1..=waiters).map(|waiter| (10 * waiter..11 * waiter).collect()).collect()
}

/// Runs the day; `None` when it never ends.
async fn day(hall: &Api, stove: &Api, lists: Vec<Vec<u32>>, cooks: usize) -> Option<Vec<String>> {
    timeout(NIGHT, run(hall.clone(), stove.clone(), lists, cooks)).await.ok()
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_to_one_comes_to_its_end() {
        let (hall, stove) = services(2);
        let ended = day(&hall, &stove, vec![vec![1, 2, 3]], 1).await.is_some();
        expect(ended, "never-ends", seconds(NIGHT), "7.0 s");
    }

    #[tokio::test(start_paused = true)]
    async fn many_to_one_cooks_everything() {
        let (hall, stove) = services(1);
        day(&hall, &stove, lists(3), 1).await;
        let cooked = stove.answered().len();
        let last = |api: &Api| api.spans().iter().filter_map(|span| span.end).max().unwrap_or_default();
        let closed = hall.answered().len() < 6 || last(&stove) < last(&hall);
        let message = if closed { "closed-too-early" } else { "orders-lost" };
        expect(cooked == 6, message, cooked, 6);
    }

    #[tokio::test(start_paused = true)]
    async fn one_to_many_comes_to_its_end() {
        let (hall, stove) = services(1);
        let ended = day(&hall, &stove, vec![vec![1, 2, 3, 4]], 3).await.is_some();
        expect(ended, "cooks-left-waiting", seconds(NIGHT), "5.0 s");
    }

    #[tokio::test(start_paused = true)]
    async fn everything_ordered_is_cooked_once() {
        let (hall, stove) = services(7);
        day(&hall, &stove, lists(4), 3).await;
        sleep(NIGHT).await;
        let cooked = stove.answered().len();
        expect(cooked >= 10, "orders-lost", cooked, 10);
        let mut asked = stove.asked();
        asked.sort();
        expect(asked == lists(4).concat(), "cooked-twice", asked.len(), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn all_cooks_work() {
        let (hall, stove) = services(7);
        day(&hall, &stove, lists(4), 3).await;
        let at_work = stove.max_in_flight();
        expect(at_work >= 3, "one-cook-at-a-time", at_work, 3);
        expect(at_work == 3, "more-cooks", at_work, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn all_waiters_work() {
        let (hall, stove) = services(1);
        day(&hall, &stove, lists(3), 3).await;
        expect(hall.max_in_flight() == 3, "one-waiter-at-a-time", hall.max_in_flight(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn cooks_begin_with_the_first_order() {
        let (hall, stove) = services(1);
        day(&hall, &stove, vec![vec![1, 2, 3]], 1).await;
        let begun = stove.counter().arrivals().into_iter().min().unwrap_or(clock::now());
        expect(begun <= Duration::from_secs(1), "cooks-start-late", seconds(begun), "1.0 s");
    }

    #[tokio::test(start_paused = true)]
    async fn the_dishes_are_returned() {
        let (hall, stove) = services(2);
        let mut dishes = day(&hall, &stove, lists(3), 2).await.unwrap_or_default();
        dishes.sort();
        let expected: Vec<String> = lists(3).concat().iter().map(|order| format!("item {order}")).collect();
        expect(dishes == expected, "other-dishes", list(&dishes), list(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn a_day_without_waiters_ends() {
        let (hall, stove) = services(1);
        let ended = day(&hall, &stove, Vec::new(), 2).await.is_some();
        expect(ended, "nobody-came", seconds(NIGHT), seconds(Duration::ZERO));
    }
}
