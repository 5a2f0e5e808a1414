//! Clean cancel: when stopped, put things in order, and stay stopped.

use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

/// Somebody asked to stop before all pages were printed.
#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

/// Opens a printer, prints so many pages, and closes the printer.
pub async fn print_all(printers: &Resource, pages: usize, stop: CancellationToken) -> Result<(), Stopped> {
    let mut printer = printers.open().await;
    let printed = stop
        .run_until_cancelled(async {
            for _ in 0..pages {
                printer.work().await;
            }
        })
        .await;
    // Reached on both ways, and free to await: only the printing was dropped, not this function.
    printer.close().await;
    printed.ok_or(Stopped)
}
