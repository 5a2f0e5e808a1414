use harness::{Api, ApiError, clock, expect, seconds};
use solution::work;
use std::time::Duration;
use tokio::time::{sleep, timeout};

const JOB: Duration = Duration::from_millis(3_500);
/// By then every job has ended, and a child that nobody stopped shows.
const LATER: Duration = Duration::from_secs(10);

/// Pulses take a second, so one is on its way whenever the job ends.
fn services() -> (Api, Api) {
    (Api::new().named("pulse"), Api::new().named("job").latency(JOB).reply(1, "report"))
}

/// Does the work; fails the test when it does not come to its end.
async fn worked(pulse: &Api, job: &Api) -> Result<String, ApiError> {
    let result = timeout(LATER, work(pulse.clone(), job.clone(), 1)).await;
    expect(result.is_ok(), "waits-for-the-child", seconds(LATER), seconds(JOB));
    result.expect("it has come to its end")
}

/// Pulses that were under way at the end of `work`, which is now, or were begun after it.
async fn pulses_after_the_end(pulse: &Api) -> usize {
    let begun = pulse.calls();
    clock::settle().await;
    let going_on = pulse.in_flight();
    sleep(LATER).await;
    going_on.max(pulse.calls() - begun)
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pulses_while_the_job_is_on() {
        let (pulse, job) = services();
        worked(&pulse, &job).await.ok();
        let begun = pulse.calls();
        expect(begun == 4, "no-pulse", begun, 4);
    }

    #[tokio::test(start_paused = true)]
    async fn the_child_ends_with_work() {
        let (pulse, job) = services();
        worked(&pulse, &job).await.ok();
        let (ended_at, begun) = (clock::now(), pulse.calls());
        clock::settle().await;
        let going_on = pulse.in_flight();
        sleep(LATER).await;
        let begun_later = pulse.calls() - begun;
        expect(begun_later == 0, "outlives-its-owner", begun_later, 0);
        let last_end = pulse.spans().iter().filter_map(|span| span.end).max().unwrap_or(ended_at);
        expect(going_on == 0, "ends-late", seconds(last_end.saturating_sub(ended_at)), seconds(Duration::ZERO));
    }

    #[tokio::test(start_paused = true)]
    async fn the_result_is_returned() {
        let (pulse, job) = services();
        let result = worked(&pulse, &job).await;
        expect(result.as_deref() == Ok("report"), "other-result", format!("{result:?}"), "Ok(\"report\")");
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_error_is_returned() {
        let (pulse, job) = services();
        let result = worked(&pulse, &job.fails(1, "503")).await;
        let refused = result.as_ref().is_err_and(|error| error.text == "503");
        let did = result.map_or_else(|error| format!("Err({})", error.text), |text| format!("Ok({text:?})"));
        expect(refused, "other-result", did, "Err(503)");
    }

    #[tokio::test(start_paused = true)]
    async fn the_child_ends_when_the_job_fails() {
        let (pulse, job) = services();
        worked(&pulse, &job.fails(1, "503")).await.ok();
        let pulses = pulses_after_the_end(&pulse).await;
        expect(pulses == 0, "only-on-success", pulses, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn the_child_ends_when_work_is_cancelled() {
        let (pulse, job) = services();
        let owner = tokio::spawn(work(pulse.clone(), job, 1));
        sleep(JOB / 2).await;
        owner.abort();
        let cancelled = owner.await.is_err_and(|error| error.is_cancelled());
        assert!(cancelled, "`work` ended before its job could have");
        let pulses = pulses_after_the_end(&pulse).await;
        expect(pulses == 0, "not-when-cancelled", pulses, 0);
    }
}
