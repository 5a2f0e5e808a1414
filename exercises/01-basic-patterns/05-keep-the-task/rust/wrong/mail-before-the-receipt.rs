use harness::Api;
use tokio::task::JoinSet;

pub async fn serve(counter: Api, mail: Api, orders: Vec<u32>) -> Vec<String> {
    let mut mails = JoinSet::new();
    let mut receipts = Vec::new();
    for order in orders {
        mails.spawn(mail.fetch(order));
        receipts.push(counter.fetch(order).await);
    }
    mails.join_all().await;
    receipts
}
