use harness::Api;
use tokio::sync::broadcast;
use tokio::task::JoinSet;

pub async fn run(hall: Api, stove: Api, lists: Vec<Vec<u32>>, cooks: usize) -> Vec<String> {
    let (sender, _) = broadcast::channel(100);
    let mut kitchen = JoinSet::new();
    for _ in 0..cooks {
        kitchen.spawn(cook(stove.clone(), sender.subscribe()));
    }
    let mut waiters = JoinSet::new();
    for list in lists {
        waiters.spawn(wait_tables(hall.clone(), list, sender.clone()));
    }
    drop(sender);
    waiters.join_all().await;
    kitchen.join_all().await.concat()
}

/// Takes the orders of a list, one after another.
async fn wait_tables(hall: Api, list: Vec<u32>, sender: broadcast::Sender<u32>) {
    for order in list {
        hall.fetch(order).await;
        let _ = sender.send(order);
    }
}

/// Cooks until there are no more orders.
async fn cook(stove: Api, mut orders: broadcast::Receiver<u32>) -> Vec<String> {
    let mut dishes = Vec::new();
    while let Ok(order) = orders.recv().await {
        dishes.push(stove.fetch(order).await);
    }
    dishes
}
