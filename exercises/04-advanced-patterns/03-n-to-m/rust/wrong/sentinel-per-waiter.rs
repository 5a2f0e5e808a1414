use harness::Api;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

/// Orders on their way to the kitchen; `None` says that there are no more.
type Orders = Arc<Mutex<mpsc::Receiver<Option<u32>>>>;

pub async fn run(hall: Api, stove: Api, lists: Vec<Vec<u32>>, cooks: usize) -> Vec<String> {
    let (sender, orders) = mpsc::channel(2);
    let orders = Arc::new(Mutex::new(orders));
    let mut waiters = JoinSet::new();
    for list in lists {
        waiters.spawn(wait_tables(hall.clone(), list, sender.clone()));
    }
    let mut kitchen = JoinSet::new();
    for _ in 0..cooks {
        kitchen.spawn(cook(stove.clone(), orders.clone()));
    }
    waiters.join_all().await;
    kitchen.join_all().await.concat()
}

/// Takes the orders of a list, one after another.
async fn wait_tables(hall: Api, list: Vec<u32>, sender: mpsc::Sender<Option<u32>>) {
    for order in list {
        hall.fetch(order).await;
        // Nobody cooks any more.
        if sender.send(Some(order)).await.is_err() {
            return;
        }
    }
    let _ = sender.send(None).await;
}

/// Cooks until there are no more orders.
async fn cook(stove: Api, orders: Orders) -> Vec<String> {
    let mut dishes = Vec::new();
    loop {
        let order = orders.lock().await.recv().await;
        match order {
            Some(Some(order)) => dishes.push(stove.fetch(order).await),
            Some(None) | None => return dishes,
        }
    }
}
