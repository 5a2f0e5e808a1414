//! Scraper: many pages, a few at a time, each with a result of its own.

use futures::stream::{self, StreamExt};
use reqwest::{Client, Error};
use std::time::Duration;

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

/// Fetches every address, at most [`AT_ONCE`] at a time, and gives each page so much time from the moment its turn has come.
///
/// The results stand where their addresses stood.
pub async fn scrape(addresses: &[String], patience: Duration) -> Vec<Result<String, Fault>> {
    // One client for all: it keeps connections open for the next request. Its time-out covers the whole page.
    let client = Client::builder().timeout(patience).build().expect("the settings are valid");
    let fetches = addresses.iter().map(|address| fetch(&client, address));
    let pages = stream::iter(fetches).buffered(AT_ONCE);
    pages.map(|page| page.map_err(fault)).collect().await
}

async fn fetch(client: &Client, address: &str) -> Result<String, Error> {
    client.get(address).send().await?.error_for_status()?.text().await
}

fn fault(error: Error) -> Fault {
    match error.status() {
        Some(status) => Fault::Refused(status.as_u16()),
        None if error.is_timeout() => Fault::TooSlow,
        None => Fault::Unreachable,
    }
}
