use harness::Api;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn supervise(stop: CancellationToken, work: Api, desk: Api) -> Result<String, Stopped> {
    let child = tokio::spawn(worker(work, stop.child_token()));
    let news = stop.run_until_cancelled(desk.fetch(NEWS)).await;
    child.abort();
    child.await.ok();
    news.ok_or(Stopped)?;
    stop.run_until_cancelled(desk.fetch(REPORT)).await.ok_or(Stopped)
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
