use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn print_all(printers: &Resource, pages: usize, stop: CancellationToken) -> Result<(), Stopped> {
    let mut printer = printers.open().await;
    for _ in 0..pages {
        stop.run_until_cancelled(printer.work()).await.ok_or(Stopped)?;
    }
    printer.close().await;
    Ok(())
}
