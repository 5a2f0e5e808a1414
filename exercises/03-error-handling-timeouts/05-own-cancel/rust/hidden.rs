use harness::{Api, Outcome, clock, expect, seconds};
use solution::{Stopped, supervise};
use std::time::Duration;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

const SECOND: Duration = Duration::from_secs(1);
/// When the news come. The worker then signs off until 3.5 s, the report takes until 4.5 s.
const NEWS: Duration = Duration::from_millis(2_500);
const LATER: Duration = Duration::from_secs(60);

/// Every piece of work and the sign-off take a second.
fn services() -> (Api, Api) {
    (Api::new().named("work"), Api::new().named("desk").latency_of(1, NEWS).reply(2, "report"))
}

/// Supervises; somebody asks it to stop after a while, if so. Returns what came of it, and when.
async fn supervised(work: &Api, desk: &Api, stopped_after: Option<Duration>) -> (Result<String, Stopped>, Duration) {
    let stop = CancellationToken::new();
    let supervising = timeout(LATER, supervise(stop.clone(), work.clone(), desk.clone()));
    let stopping = async {
        if let Some(wait) = stopped_after {
            sleep(wait).await;
            stop.cancel();
        }
    };
    let ((result, took), ()) = tokio::join!(clock::took(supervising), stopping);
    let told = if stopped_after.is_some() { "Err(Stopped)" } else { "Ok(\"report\")" };
    expect(result.is_ok(), "never-ends", seconds(took), told);
    (result.expect("it ended"), took)
}

fn sign_offs(work: &Api) -> usize {
    work.spans().iter().filter(|span| span.label == "work 0" && span.outcome == Outcome::Done).count()
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_survives_the_end_of_its_worker() {
        let (work, desk) = services();
        let (result, _) = supervised(&work, &desk, None).await;
        expect(result.as_deref() == Ok("report"), "stops-itself", format!("{result:?}"), "Ok(\"report\")");
    }

    #[tokio::test(start_paused = true)]
    async fn the_worker_has_signed_off_before_the_report() {
        let (work, desk) = services();
        supervised(&work, &desk, None).await.0.ok();
        let report = desk.counter().arrivals().get(1).copied().unwrap_or_default();
        clock::settle().await;
        expect(sign_offs(&work) == 1, "no-farewell", sign_offs(&work), 1);
        expect(report >= NEWS + SECOND, "not-awaited", seconds(report), seconds(NEWS + SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn it_obeys_when_it_is_stopped_itself() {
        for (stopped, ends) in [(1_000, 2_000), (3_000, 3_500), (4_000, 4_000)] {
            let (stopped, ends) = (Duration::from_millis(stopped), Duration::from_millis(ends));
            let (work, desk) = services();
            let (result, took) = supervised(&work, &desk, Some(stopped)).await;
            expect(result == Err(Stopped), "own-stop-suppressed", format!("{result:?}"), "Err(Stopped)");
            expect(took <= ends, "stops-late", seconds(took), seconds(ends));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn its_worker_stops_with_it() {
        let (work, desk) = services();
        supervised(&work, &desk, Some(SECOND)).await.0.ok();
        let begun = work.calls();
        sleep(LATER).await;
        let begun_later = work.calls() - begun;
        expect(begun_later == 0, "worker-runs-on", begun_later, 0);
        expect(sign_offs(&work) == 1, "no-farewell", sign_offs(&work), 1);
    }
}
