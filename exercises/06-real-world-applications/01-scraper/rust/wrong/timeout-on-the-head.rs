use futures::stream::{self, StreamExt};
use reqwest::{Client, Error};
use std::time::Duration;
use tokio::time::timeout;

/// How many pages may be asked for at the same time.
pub const AT_ONCE: usize = 3;

/// Why a page could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The server refused with this status.
    Refused(u16),
    /// It took longer than the patience.
    TooSlow,
    /// There is no server, or the connection broke.
    Unreachable,
}

pub async fn scrape(addresses: &[String], patience: Duration) -> Vec<Result<String, Fault>> {
    let client = Client::new();
    let fetches = addresses.iter().map(|address| fetch(&client, address, patience));
    let pages = stream::iter(fetches).buffered(AT_ONCE);
    pages.collect().await
}

async fn fetch(client: &Client, address: &str, patience: Duration) -> Result<String, Fault> {
    let response = timeout(patience, client.get(address).send()).await.map_err(|_| Fault::TooSlow)?;
    let response = response.and_then(|response| response.error_for_status()).map_err(fault)?;
    response.text().await.map_err(fault)
}

fn fault(error: Error) -> Fault {
    match error.status() {
        Some(status) => Fault::Refused(status.as_u16()),
        None => Fault::Unreachable,
    }
}
