use harness::Api;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

pub async fn run(hall: Api, stove: Api, lists: Vec<Vec<u32>>, cooks: usize) -> Vec<String> {
    let (sender, orders) = mpsc::channel(2);
    let orders = Arc::new(Mutex::new(orders));
    let mut waiters = JoinSet::new();
    for list in lists {
        waiters.spawn(wait_tables(hall.clone(), list, sender.clone()));
    }
    // From here on only the waiters hold senders: the channel closes when the last of them has gone.
    drop(sender);
    let mut kitchen = JoinSet::new();
    for _ in 0..cooks {
        kitchen.spawn(cook(stove.clone(), orders.clone()));
    }
    waiters.join_all().await;
    // All orders have been taken.
    kitchen.abort_all();
    let mut dishes = Vec::new();
    while let Some(cooked) = kitchen.join_next().await {
        dishes.extend(cooked.unwrap_or_default());
    }
    dishes
}

/// Takes the orders of a list, one after another.
async fn wait_tables(hall: Api, list: Vec<u32>, sender: mpsc::Sender<u32>) {
    for order in list {
        hall.fetch(order).await;
        // Nobody cooks any more.
        if sender.send(order).await.is_err() {
            return;
        }
    }
}

/// Cooks until the channel is closed and empty.
async fn cook(stove: Api, orders: Arc<Mutex<mpsc::Receiver<u32>>>) -> Vec<String> {
    let mut dishes = Vec::new();
    loop {
        // The lock is released at the end of this statement, before the cooking.
        let order = orders.lock().await.recv().await;
        let Some(order) = order else { return dishes };
        dishes.push(stove.fetch(order).await);
    }
}
