use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn print_all(printers: &Resource, pages: usize, stop: CancellationToken) -> Result<(), Stopped> {
    let printers = printers.clone();
    let printing = tokio::spawn(async move {
        let mut printer = printers.open().await;
        for _ in 0..pages {
            printer.work().await;
        }
        printer.close().await;
    });
    match stop.run_until_cancelled(printing).await {
        Some(printed) => printed.map_err(|_| Stopped),
        None => Err(Stopped),
    }
}
