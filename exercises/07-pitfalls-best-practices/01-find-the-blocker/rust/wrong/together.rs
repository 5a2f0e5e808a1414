use harness::{Api, Library};
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

/// How long the oven needs.
pub const WARM_UP: Duration = Duration::from_millis(50);

/// What a shop does in the morning; returns its log.
pub async fn open(weather: Api, library: Library) -> Vec<String> {
    let weather = weather.fetch(1).await;
    let warm = warm_up().await;
    let (tags, takings, stock) = tokio::join!(
        price_tags(&library),
        elsewhere(&library, takings),
        elsewhere(&library, |library| library.call(1)),
    );
    let mut log = vec![weather, warm, stock, tags, takings];
    log.push(greeting(&log));
    log
}

/// Does something with the library that blocks or computes, on a thread that nobody else needs.
async fn elsewhere(library: &Library, work: impl FnOnce(&Library) -> String + Send + 'static) -> String {
    let library = library.clone();
    spawn_blocking(move || work(&library)).await.expect("the work does not panic")
}

/// Gives the oven its time.
async fn warm_up() -> String {
    sleep(WARM_UP).await;
    "warm".to_owned()
}

/// The price tags of the day, one after another.
async fn price_tags(library: &Library) -> String {
    let mut tags = Vec::new();
    for product in [2, 3] {
        tags.push(elsewhere(library, move |library| price_tag(library, product)).await);
    }
    tags.join(" and ")
}

/// What stands on a price tag. Blocks.
fn price_tag(library: &Library, product: u32) -> String {
    let price = library.call(product);
    format!("price {price}")
}

/// Adds up what was taken yesterday. Computes for a while.
fn takings(library: &Library) -> String {
    library.compute(4)
}

/// What stands on the board outside.
fn greeting(log: &[String]) -> String {
    format!("open after {} steps", log.len())
}
