use harness::Api;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub async fn run(hall: Api, stove: Api, lists: Vec<Vec<u32>>, cooks: usize) -> Vec<String> {
    let (sender, mut orders) = mpsc::channel(cooks);
    for list in lists {
        tokio::spawn(wait_tables(hall.clone(), list, sender.clone()));
    }
    drop(sender);
    let mut kitchen = JoinSet::new();
    while let Some(order) = orders.recv().await {
        kitchen.spawn(stove.fetch(order));
    }
    kitchen.join_all().await
}

/// Takes the orders of a list, one after another.
async fn wait_tables(hall: Api, list: Vec<u32>, sender: mpsc::Sender<u32>) {
    for order in list {
        hall.fetch(order).await;
        let _ = sender.send(order).await;
    }
}
