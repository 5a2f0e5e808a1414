use futures::future::join_all;
use reqwest::{Client, Error};
use std::time::Duration;
use tokio::sync::Semaphore;
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
    let gate = Semaphore::new(AT_ONCE);
    let fetches = addresses.iter().map(|address| timeout(patience, fetch(&client, &gate, address)));
    let pages = join_all(fetches).await;
    pages.into_iter().map(|page| page.unwrap_or(Err(Fault::TooSlow))).collect()
}

async fn fetch(client: &Client, gate: &Semaphore, address: &str) -> Result<String, Fault> {
    let _turn = gate.acquire().await.expect("the gate stays open");
    let response = client.get(address).send().await.and_then(|response| response.error_for_status());
    response.map_err(fault)?.text().await.map_err(fault)
}

fn fault(error: Error) -> Fault {
    match error.status() {
        Some(status) => Fault::Refused(status.as_u16()),
        None => Fault::Unreachable,
    }
}
