use harness::Api;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn supervise(stop: CancellationToken, work: Api, desk: Api) -> Result<String, Stopped> {
    let stop_child = stop.child_token();
    let child = tokio::spawn(worker(work, stop_child.clone()));
    desk.fetch(NEWS).await;
    stop_child.cancel();
    child.await.expect("the worker does not panic");
    let report = desk.fetch(REPORT).await;
    if stop.is_cancelled() { Err(Stopped) } else { Ok(report) }
}

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
