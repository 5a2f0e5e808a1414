use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

pub async fn print_all(printers: &Resource, pages: usize, stop: CancellationToken) -> Result<(), Stopped> {
    let mut printer = printers.open().await;
    let printing = async {
        for _ in 0..pages {
            printer.work().await;
        }
    };
    tokio::select! {
        () = printing => {}
        () = stop.cancelled() => {}
    }
    printer.close().await;
    Ok(())
}
