use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn print_all(printers: &Resource, pages: usize, stop: CancellationToken) -> Result<(), Stopped> {
    let mut printer = printers.open().await;
    for _ in 0..pages {
        if stop.is_cancelled() {
            break;
        }
        printer.work().await;
    }
    printer.close().await;
    if stop.is_cancelled() { Err(Stopped) } else { Ok(()) }
}
