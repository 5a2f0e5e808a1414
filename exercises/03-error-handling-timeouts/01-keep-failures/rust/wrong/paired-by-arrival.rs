//! Keep failures: report what went well and what did not.

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use harness::ApiError;
use tokio::task::JoinHandle;

/// An order that is under way, by its number. Other parts of the program may cancel it.
pub type Order = (u32, JoinHandle<Result<String, ApiError>>);

/// How the orders ended: numbers with the service's replies, and numbers with the reason why there is none.
#[derive(Debug, Default)]
pub struct Report {
    pub delivered: Vec<(u32, String)>,
    pub failed: Vec<(u32, String)>,
}

/// Waits for every order and reports how each of them ended.
pub async fn report(orders: Vec<Order>) -> Report {
    let mut report = Report::default();
    let (numbers, orders): (Vec<u32>, FuturesUnordered<_>) = orders.into_iter().unzip();
    for (number, ended) in numbers.into_iter().zip(orders.collect::<Vec<_>>().await) {
        match ended {
            Ok(Ok(reply)) => report.delivered.push((number, reply)),
            Ok(Err(refused)) => report.failed.push((number, refused.text)),
            Err(ended) if ended.is_cancelled() => report.failed.push((number, "cancelled".to_owned())),
            Err(panicked) => report.failed.push((number, panicked.to_string())),
        }
    }
    report
}
