//! Own cancel: stop a child, survive it, and still obey when you are stopped yourself.

use harness::Api;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

/// Somebody asked to stop.
#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

/// Lets the worker work until news come, stops it, and then fetches the report.
pub async fn supervise(stop: CancellationToken, work: Api, desk: Api) -> Result<String, Stopped> {
    let child = tokio::spawn(worker(work, stop.clone()));
    desk.fetch(NEWS).await;
    stop.cancel();
    child.await.expect("the worker does not panic");
    stop.run_until_cancelled(desk.fetch(REPORT)).await.ok_or(Stopped)
}

/// Works until it is asked to stop, and signs off.
async fn worker(work: Api, stop: CancellationToken) {
    let working = async {
        for number in 1.. {
            work.fetch(number).await;
        }
    };
    stop.run_until_cancelled(working).await;
    work.fetch(SIGN_OFF).await;
}

const SIGN_OFF: u32 = 0;
const NEWS: u32 = 1;
const REPORT: u32 = 2;
