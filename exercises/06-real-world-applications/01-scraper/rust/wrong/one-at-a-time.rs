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

pub async fn scrape(addresses: &[String], patience: Duration) -> Vec<Result<String, Fault>> {
    let client = Client::builder().timeout(patience).build().expect("the settings are valid");
    let mut pages = Vec::new();
    for address in addresses {
        pages.push(fetch(&client, address).await.map_err(fault));
    }
    pages
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
