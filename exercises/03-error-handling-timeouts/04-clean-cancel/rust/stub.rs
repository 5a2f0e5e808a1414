//! Clean cancel: when stopped, put things in order, and stay stopped.

use harness::Resource;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

/// Somebody asked to stop before all pages were printed.
#[derive(Debug, Error, PartialEq)]
#[error("stopped")]
pub struct Stopped;

/// Opens a printer, prints so many pages, and closes the printer.
pub async fn print_all(printers: &Resource, pages: usize, _stop: CancellationToken) -> Result<(), Stopped> {
    let mut printer = printers.open().await;
    for _ in 0..pages {
        printer.work().await;
    }
    printer.close().await;
    Ok(())
}
