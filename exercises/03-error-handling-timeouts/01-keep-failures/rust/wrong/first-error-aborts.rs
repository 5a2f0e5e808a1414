use futures::future::try_join_all;
use harness::ApiError;
use tokio::task::JoinHandle;

pub type Order = (u32, JoinHandle<Result<String, ApiError>>);

#[derive(Debug, Default)]
pub struct Report {
    pub delivered: Vec<(u32, String)>,
    pub failed: Vec<(u32, String)>,
}

pub async fn report(orders: Vec<Order>) -> Report {
    let all = try_join_all(orders.into_iter().map(deliver)).await;
    match all {
        Ok(delivered) => Report { delivered, failed: Vec::new() },
        Err(failed) => Report { delivered: Vec::new(), failed: vec![failed] },
    }
}

async fn deliver((number, order): Order) -> Result<(u32, String), (u32, String)> {
    match order.await {
        Ok(Ok(reply)) => Ok((number, reply)),
        Ok(Err(refused)) => Err((number, refused.text)),
        Err(_) => Err((number, "cancelled".to_owned())),
    }
}
