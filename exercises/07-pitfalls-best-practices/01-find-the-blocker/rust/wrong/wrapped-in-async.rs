use harness::{Api, Library};
use std::time::Duration;
use tokio::time::sleep;

/// How long the oven needs.
pub const WARM_UP: Duration = Duration::from_millis(50);

/// What a shop does in the morning; returns its log.
pub async fn open(weather: Api, library: Library) -> Vec<String> {
    let mut log = Vec::new();
    log.push(weather.fetch(1).await);
    log.push(warm_up().await);
    log.push(stock(&library).await);
    log.push(price_tags(&library).await);
    log.push(takings(&library).await);
    log.push(greeting(&log));
    log
}

/// Gives the oven its time.
async fn warm_up() -> String {
    sleep(WARM_UP).await;
    "warm".to_owned()
}

/// What is on the shelves.
async fn stock(library: &Library) -> String {
    library.call(1)
}

/// The price tags of the day, one after another.
async fn price_tags(library: &Library) -> String {
    let mut tags = Vec::new();
    for product in [2, 3] {
        tags.push(price_tag(library, product).await);
    }
    tags.join(" and ")
}

/// What stands on a price tag.
async fn price_tag(library: &Library, product: u32) -> String {
    let price = library.call(product);
    format!("price {price}")
}

/// Adds up what was taken yesterday.
async fn takings(library: &Library) -> String {
    library.compute(4)
}

/// What stands on the board outside.
fn greeting(log: &[String]) -> String {
    format!("open after {} steps", log.len())
}
