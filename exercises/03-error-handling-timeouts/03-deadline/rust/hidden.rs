use harness::{Api, caught, clock, expect, polls, seconds};
use solution::{TooSlow, wait_for_report};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Strikes while the third question is under way.
const LIMIT: Duration = Duration::from_millis(900);
/// When the late report is ready, if a pause lies between the questions: after five refusals.
const LATE: Duration = Duration::from_millis(2_050);
const LATER: Duration = Duration::from_secs(10);
/// Half a pause: less is no blocking, on however slow a machine.
const NOTICEABLE: Duration = Duration::from_millis(25);

/// A service that refuses so many questions before it has the report.
fn ready_after(refusals: usize) -> Api {
    Api::new().named("ask").latency(Duration::from_millis(300)).reply(1, "report").fails_times(1, refusals, "not yet")
}

/// Waits for the report; a panic instead of a result fails the test.
async fn waited(api: &Api) -> Result<String, TooSlow> {
    let result = caught(wait_for_report(api, 1, LIMIT)).await;
    if let Err(panicked) = &result {
        expect(false, "panics", panicked, "Err(TooSlow)");
    }
    result.expect("no panic")
}

/// Whether the limit ends a single question that takes too long.
async fn limits_a_single_question() -> bool {
    let api = Api::new().named("probe").latency(LIMIT * 2);
    let ended = timeout(LIMIT + LIMIT / 2, wait_for_report(&api, 1, LIMIT)).await.is_ok();
    ended || api.calls() > 1
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn in_time_is_the_report() {
        let result = waited(&ready_after(1)).await;
        expect(result.as_deref() == Ok("report"), "other-result", format!("{result:?}"), "Ok(\"report\")");
    }

    #[tokio::test(start_paused = true)]
    async fn too_late_is_an_error_with_a_type() {
        let api = ready_after(5);
        let (result, took) = clock::took(waited(&api)).await;
        if result.as_deref() == Ok("report") {
            let message = if limits_a_single_question().await { "limit-per-question" } else { "no-limit" };
            expect(false, message, seconds(took), seconds(LIMIT));
        }
        let expected = Err(TooSlow { limit: LIMIT });
        let message = if result.is_ok() { "made-up" } else { "other-result" };
        expect(result == expected, message, format!("{result:?}"), format!("{expected:?}"));
    }

    #[tokio::test(start_paused = true)]
    async fn the_error_comes_at_the_limit() {
        let (_, took) = clock::took(waited(&ready_after(5))).await;
        let message = if took >= LATE { "checked-after-the-wait" } else { "checked-between" };
        expect(took <= LIMIT, message, seconds(took), seconds(LIMIT));
    }

    #[tokio::test(start_paused = true)]
    async fn the_work_stops_with_the_wait() {
        let api = ready_after(usize::MAX);
        timeout(LATER, waited(&api)).await.ok();
        let asked = api.calls();
        clock::settle().await;
        let going_on = api.in_flight();
        sleep(LIMIT).await;
        let begun_later = api.calls() - asked;
        expect(going_on + begun_later == 0, "runs-on", going_on + begun_later, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn the_limit_can_strike_during_a_pause() {
        let (_, polls) = polls::watch(waited(&ready_after(2))).await;
        let blocked = polls.longest_blocked;
        expect(blocked < NOTICEABLE, "blocks", seconds(blocked), seconds(Duration::ZERO));
    }
}
