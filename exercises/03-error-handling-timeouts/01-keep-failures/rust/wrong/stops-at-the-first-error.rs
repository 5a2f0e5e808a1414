use harness::ApiError;
use tokio::task::JoinHandle;

pub type Order = (u32, JoinHandle<Result<String, ApiError>>);

#[derive(Debug, Default)]
pub struct Report {
    pub delivered: Vec<(u32, String)>,
    pub failed: Vec<(u32, String)>,
}

pub async fn report(orders: Vec<Order>) -> Report {
    let mut report = Report::default();
    for (number, order) in orders {
        match order.await {
            Ok(Ok(reply)) => report.delivered.push((number, reply)),
            Ok(Err(refused)) => {
                report.failed.push((number, refused.text));
                return report;
            }
            Err(_) => report.failed.push((number, "cancelled".to_owned())),
        }
    }
    report
}
