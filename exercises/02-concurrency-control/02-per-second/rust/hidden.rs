use futures::future::join_all;
use harness::{Api, clock, expect, list, seconds};
use solution::Paced;
use std::time::Duration;
use tokio::time::sleep;

const PER_SECOND: u32 = 4;
const ALLOWED: usize = PER_SECOND as usize;
const SECOND: Duration = Duration::from_secs(1);
const SHORT: Duration = Duration::from_millis(200);

/// Asks for so many ids at once, beginning with `first`.
async fn ask(paced: &Paced, first: u32, calls: u32) -> Vec<String> {
    join_all((first..first + calls).map(|id| paced.fetch(id))).await
}

/// Asks for so many ids at once, beginning with `first`, after a while.
async fn ask_after(wait: Duration, paced: &Paced, first: u32, calls: u32) {
    sleep(wait).await;
    ask(paced, first, calls).await;
}

fn most_in_a_second(api: &Api) -> usize {
    api.counter().busiest_window(SECOND)
}

fn all_equal(times: &[Duration]) -> bool {
    times.windows(2).all(|pair| pair[0] == pair[1])
}

/// Whether a call after the crowd has to wait.
async fn remembers(paced: &Paced, api: &Api) -> bool {
    let now = clock::now();
    ask(paced, 13, 1).await;
    api.counter().arrivals().last().is_some_and(|at| *at > now)
}

/// Whether every call that did not begin at once began at the end of another.
fn begins_at_ends(api: &Api) -> bool {
    let spans = api.spans();
    spans.iter().all(|span| span.start.is_zero() || spans.iter().any(|other| other.end == Some(span.start)))
}

/// Whether the first calls began at once and the others at a steady pace.
fn pace_after_a_burst(api: &Api) -> bool {
    let times = api.counter().arrivals();
    let steady = times[ALLOWED..].windows(2).all(|pair| pair[1].abs_diff(pair[0]) == SECOND / PER_SECOND);
    times[..ALLOWED].iter().all(|at| *at == times[0]) && steady
}

mod rate_limit {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn at_most_so_many_in_any_second() {
        let api = Api::new().latency(SHORT);
        let paced = Paced::new(api.clone(), PER_SECOND);
        let (_, took) = clock::took(ask(&paced, 1, 12)).await;
        let most = most_in_a_second(&api);
        let times = api.counter().arrivals();
        let message = if all_equal(&times) {
            match took > SHORT {
                true => "slept-together",
                false if remembers(&paced, &api).await => "same-point-for-all",
                false => "no-limit",
            }
        } else if all_equal(&times[1..]) {
            "same-point-for-all"
        } else if begins_at_ends(&api) {
            "limits-how-many-at-once"
        } else if pace_after_a_burst(&api) {
            "saved-up"
        } else {
            "over-the-rate"
        };
        expect(most <= ALLOWED, message, most, ALLOWED);
    }

    #[tokio::test(start_paused = true)]
    async fn a_quiet_time_saves_nothing_up() {
        let api = Api::new().latency(SHORT);
        let paced = Paced::new(api.clone(), PER_SECOND);
        ask(&paced, 1, 1).await;
        ask_after(Duration::from_millis(4_940), &paced, 2, 9).await;
        let most = most_in_a_second(&api);
        expect(most <= ALLOWED, "saved-up", most, ALLOWED);
    }

    /// One call opens a window, the others come at its end; then comes a crowd.
    #[tokio::test(start_paused = true)]
    async fn the_second_is_any_second() {
        let api = Api::new().latency(SHORT);
        let paced = Paced::new(api.clone(), PER_SECOND);
        tokio::join!(
            ask(&paced, 1, 1),
            ask_after(SECOND * 9 / 10, &paced, 2, PER_SECOND - 1),
            ask_after(SECOND, &paced, 5, PER_SECOND)
        );
        let most = most_in_a_second(&api);
        expect(most <= ALLOWED, "burst-at-the-boundary", most, ALLOWED);
    }

    #[tokio::test(start_paused = true)]
    async fn the_caller_says_how_many() {
        for per_second in [2, 10] {
            let api = Api::new().latency(SHORT);
            ask(&Paced::new(api.clone(), per_second), 1, per_second * 3).await;
            let most = most_in_a_second(&api);
            let allowed = per_second as usize;
            expect(most <= allowed && most * 2 > allowed, "another-rate", most, allowed);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn slow_calls_begin_no_later() {
        let api = Api::new().latency(SECOND * 10);
        ask(&Paced::new(api.clone(), PER_SECOND), 1, 9).await;
        let last = api.counter().arrivals().into_iter().max().unwrap_or_default();
        let (in_time, lenient) = (SECOND * 2, SECOND);
        expect(last <= in_time + lenient, "slower-than-allowed", seconds(last), seconds(in_time));
    }

    #[tokio::test(start_paused = true)]
    async fn every_caller_gets_its_reply() {
        let api = Api::new().latency(SHORT);
        let replies = ask(&Paced::new(api, PER_SECOND), 1, 6).await;
        let expected: Vec<String> = (1..=6).map(|id| format!("item {id}")).collect();
        expect(replies == expected, "other-replies", list(&replies), list(&expected));
    }
}
