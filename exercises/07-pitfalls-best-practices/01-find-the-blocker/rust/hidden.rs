use harness::{Api, Library, Polls, caught, expect, list, polls, seconds};
use solution::open;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// What the oven needs.
const WARM_UP: Duration = Duration::from_millis(50);
/// A loop that stands still as long as this is blocked: less than half of what any of the blockers takes.
const NOTICED: Duration = Duration::from_millis(20);
const LOG: [&str; 6] =
    ["item 1", "warm", "answer 1", "price answer 2 and price answer 3", "sum 4", "open after 5 steps"];

/// Opens the shop.
async fn morning(library: &Library) -> (Vec<String>, Polls) {
    let opened = caught(polls::watch(open(Api::new().latency(Duration::ZERO), library.clone()))).await;
    opened.unwrap_or_else(|panicked| {
        expect(!panicked.is_nested_runtime(), "block-in-place", &panicked, LOG[1]);
        panic!("{panicked}")
    })
}

/// How many of the library's calls of these ids were made on the thread that drives the loop.
async fn on_loop(ids: &[u32]) -> usize {
    let library = Library::new();
    morning(&library).await;
    library.calls().iter().filter(|call| call.on_loop && ids.contains(&call.id)).count()
}

/// Notes the time whenever the loop lets it.
async fn tick(ticks: Arc<Mutex<Vec<Instant>>>) {
    loop {
        ticks.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        sleep(Duration::from_millis(2)).await;
    }
}

/// The longest time before `end` without a tick.
fn longest_gap(ticks: &[Instant], end: Instant) -> Duration {
    let next = ticks.iter().skip(1).copied().chain([end]);
    ticks.iter().zip(next).map(|(tick, next)| next.min(end).saturating_duration_since(*tick)).max().unwrap_or_default()
}

mod no_blocking {
    use super::*;

    #[tokio::test]
    async fn warming_up_keeps_nobody() {
        let instant = Library::new().takes(Duration::ZERO);
        let ticks = Arc::new(Mutex::new(vec![Instant::now()]));
        let ticker = tokio::spawn(tick(ticks.clone()));
        let (_, polls) = morning(&instant).await;
        ticker.abort();
        let stock = instant.call_of(1).map_or_else(Instant::now, |stock| stock.at);
        let ticks = ticks.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let stood = polls.longest_blocked.min(longest_gap(&ticks, stock));
        expect(stood < NOTICED, "pause-blocks", seconds(stood), "0.0 s");
    }

    #[tokio::test]
    async fn reading_the_stock_keeps_nobody() {
        let blocking = on_loop(&[1]).await;
        expect(blocking == 0, "stock-blocks", blocking, 0);
    }

    #[tokio::test]
    async fn reading_the_price_tags_keeps_nobody() {
        let blocking = on_loop(&[2, 3]).await;
        expect(blocking == 0, "one-call-away", blocking, 0);
    }

    #[tokio::test]
    async fn computing_the_takings_keeps_nobody() {
        let blocking = on_loop(&[4]).await;
        expect(blocking == 0, "computing-blocks", blocking, 0);
    }

    #[tokio::test]
    async fn the_loop_never_stands_still() {
        let library = Library::new().takes(Duration::from_millis(50));
        let (_, polls) = morning(&library).await;
        let stood = polls.longest_blocked.max(polls.longest_busy);
        expect(stood < NOTICED, "still-blocks", seconds(stood), "0.0 s");
    }

    #[tokio::test]
    async fn the_morning_stays_the_same() {
        let mut warm_after = Duration::MAX;
        // A busy machine can only make it later: the shortest of a few mornings tells.
        for _ in 0..3 {
            let (library, start) = (Library::new().takes(Duration::ZERO), Instant::now());
            morning(&library).await;
            warm_after = warm_after.min(library.call_of(1).map_or(start.elapsed(), |stock| stock.at - start));
        }
        let library = Library::new();
        let (log, _) = morning(&library).await;
        expect(warm_after >= WARM_UP, "pause-left-out", seconds(warm_after), seconds(WARM_UP));
        let order: Vec<u32> = library.calls().iter().map(|call| call.id).collect();
        expect(log == LOG, "other-log", list(&log), list(LOG));
        expect(order == [1, 2, 3, 4], "other-log", list(order), "[1, 2, 3, 4]");
    }
}
