use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn print_all(printers: &Resource, pages: usize, stop: CancellationToken) -> Result<(), Stopped> {
    let mut printer = printers.open().await;
    let mut stopped = false;
    for _ in 0..pages {
        if stop.run_until_cancelled(printer.work()).await.is_none() {
            stopped = true;
            break;
        }
    }
    if stopped {
        printer.close().await;
        return Err(Stopped);
    }
    stop.run_until_cancelled(printer.close()).await.ok_or(Stopped)
}
