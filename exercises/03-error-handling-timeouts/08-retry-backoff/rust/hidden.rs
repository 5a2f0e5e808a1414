use harness::{Api, clock, expect, list, polls, seconds};
use solution::{GiveUp, fetch_retrying};
use std::time::Duration;
use tokio::time::sleep;

const SECOND: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(60);
/// Half of the shortest wait: less is no blocking, on however slow a machine.
const NOTICEABLE: Duration = Duration::from_millis(50);

/// A service that is busy for so many tries; a try takes 0.2 s.
fn busy(tries: usize) -> Api {
    Api::new().named("try").latency(SECOND / 5).fails_times(1, tries, "503")
}

async fn fetched(api: &Api, limit: Duration) -> Result<String, GiveUp> {
    fetch_retrying(api, 1, limit, || 1.0).await
}

/// The waits between the tries.
fn waits(api: &Api) -> String {
    let spans = api.spans();
    let wait = |pair: &[harness::SpanRecord]| seconds(pair[1].start - pair[0].end.unwrap_or(pair[0].start));
    list(spans.windows(2).map(wait))
}

mod rate_limit {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_wait_blocks_nobody() {
        let (_, polls) = polls::watch(fetched(&busy(2), LATER)).await;
        let blocked = polls.longest_blocked;
        expect(blocked < NOTICEABLE, "blocks", seconds(blocked), seconds(Duration::ZERO));
    }

    #[tokio::test(start_paused = true)]
    async fn each_wait_is_longer_up_to_a_limit() {
        let api = busy(6);
        let result = fetched(&api, LATER).await;
        expect(result.is_ok(), "gives-up-early", format!("{result:?}"), "Ok(\"item 1\")");
        let did = waits(&api);
        let expected = "[0.1 s, 0.2 s, 0.4 s, 0.8 s, 1.0 s, 1.0 s]";
        let message = match did.as_str() {
            _ if did.starts_with("[0.0 s, 0.0 s") => "no-wait",
            _ if did.starts_with("[0.1 s, 0.2 s, 0.4 s, 0.8 s, 1.6 s") => "no-cap",
            _ => "other-waits",
        };
        expect(did == expected, message, did, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn a_random_share_of_it_is_waited() {
        let api = busy(6);
        let mut shares = [0.5, 1.0].into_iter().cycle();
        fetch_retrying(&api, 1, LATER, || shares.next().unwrap_or_default()).await.ok();
        let did = waits(&api);
        let expected = "[50 ms, 0.2 s, 0.2 s, 0.8 s, 0.5 s, 1.0 s]";
        let message = if did.starts_with("[0.1 s, 0.2 s, 0.4 s, 0.8 s, 1.0 s") { "no-jitter" } else { "other-shares" };
        expect(did == expected, message, did, expected);
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_may_pass_is_tried_again() {
        let result = fetched(&busy(3), LATER).await;
        expect(result.as_deref() == Ok("item 1"), "gives-up-early", format!("{result:?}"), "Ok(\"item 1\")");
    }

    #[tokio::test(start_paused = true)]
    async fn what_will_not_pass_is_not() {
        let api = Api::new().named("try").fails_times(1, 8, "404");
        let result = fetched(&api, LATER).await;
        expect(api.calls() == 1, "retries-the-final", api.calls(), 1);
        let refused = matches!(&result, Err(GiveUp::Refused(error)) if error.text == "404");
        expect(refused, "other-error", format!("{result:?}"), "Err(Refused(404))");
    }

    #[tokio::test(start_paused = true)]
    async fn the_limit_is_for_all_tries_together() {
        let (result, took) = clock::took(fetched(&busy(20), SECOND)).await;
        expect(took <= SECOND, "limit-per-try", seconds(took), seconds(SECOND));
        expect(result == Err(GiveUp::OutOfTime), "other-error", format!("{result:?}"), "Err(OutOfTime)");
    }

    #[tokio::test(start_paused = true)]
    async fn the_limit_strikes_during_a_try() {
        let api = Api::new().named("try").latency(SECOND * 10);
        let (_, took) = clock::took(fetched(&api, SECOND)).await;
        expect(took <= SECOND, "limit-between-tries", seconds(took), seconds(SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_tried_after_the_end() {
        let api = busy(20);
        let trying = tokio::spawn({
            let api = api.clone();
            async move { fetched(&api, LATER).await }
        });
        sleep(SECOND).await;
        trying.abort();
        let tried = api.calls();
        sleep(LATER).await;
        let later = api.calls() - tried;
        expect(later == 0, "runs-on", later, 0);
    }
}
