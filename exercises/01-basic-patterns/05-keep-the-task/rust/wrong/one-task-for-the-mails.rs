use harness::Api;
use tokio::sync::mpsc;

pub async fn serve(counter: Api, mail: Api, orders: Vec<u32>) -> Vec<String> {
    let (sender, mut served) = mpsc::channel(10);
    let mails = tokio::spawn(async move {
        while let Some(order) = served.recv().await {
            mail.fetch(order).await;
        }
    });
    let mut receipts = Vec::new();
    for order in orders {
        receipts.push(counter.fetch(order).await);
        sender.send(order).await.expect("the mails are being sent");
    }
    drop(sender);
    mails.await.expect("no mail panics");
    receipts
}
