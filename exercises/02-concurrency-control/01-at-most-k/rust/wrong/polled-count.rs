use futures::future::join_all;
use harness::Api;
use std::cell::Cell;
use std::time::Duration;
use tokio::time::sleep;

pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    let under_way = Cell::new(0);
    join_all(ids.iter().map(|id| fetch_one(api, *id, k, &under_way))).await
}

async fn fetch_one(api: &Api, id: u32, k: usize, under_way: &Cell<usize>) -> String {
    while under_way.get() >= k {
        sleep(Duration::from_millis(30)).await;
    }
    under_way.set(under_way.get() + 1);
    let reply = api.fetch(id).await;
    under_way.set(under_way.get() - 1);
    reply
}
