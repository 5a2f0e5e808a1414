use futures::future::join_all;
use futures::stream::{self, StreamExt};
use harness::Api;

pub async fn run(hall: Api, stove: Api, lists: Vec<Vec<u32>>, cooks: usize) -> Vec<String> {
    let orders = join_all(lists.into_iter().map(|list| wait_tables(hall.clone(), list))).await.concat();
    stream::iter(orders).map(|order| stove.fetch(order)).buffer_unordered(cooks).collect().await
}

/// Takes the orders of a list, one after another.
async fn wait_tables(hall: Api, list: Vec<u32>) -> Vec<u32> {
    for order in &list {
        hall.fetch(*order).await;
    }
    list
}
