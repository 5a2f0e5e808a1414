//! Find the blocker: six calls, and some of them keep everybody waiting.

use harness::{Api, Library};
use std::thread;
use std::time::Duration;

/// How long the oven needs.
pub const WARM_UP: Duration = Duration::from_millis(50);

/// What a shop does in the morning; returns its log.
pub async fn open(weather: Api, library: Library) -> Vec<String> {
    let mut log = Vec::new();
    log.push(weather.fetch(1).await);
    log.push(warm_up());
    log.push(library.call(1));
    log.push(price_tags(&library).await);
    log.push(takings(&library));
    log.push(greeting(&log));
    log
}

/// Gives the oven its time.
fn warm_up() -> String {
    thread::sleep(WARM_UP);
    "warm".to_owned()
}

/// The price tags of the day, one after another.
async fn price_tags(library: &Library) -> String {
    let mut tags = Vec::new();
    for product in [2, 3] {
        tags.push(price_tag(library, product));
    }
    tags.join(" and ")
}

/// What stands on a price tag.
fn price_tag(library: &Library, product: u32) -> String {
    let price = library.call(product);
    format!("price {price}")
}

/// Adds up what was taken yesterday.
fn takings(library: &Library) -> String {
    library.compute(4)
}

/// What stands on the board outside.
fn greeting(log: &[String]) -> String {
    format!("open after {} steps", log.len())
}
