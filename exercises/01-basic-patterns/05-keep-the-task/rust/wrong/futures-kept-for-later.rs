use futures::future::join_all;
use harness::Api;

pub async fn serve(counter: Api, mail: Api, orders: Vec<u32>) -> Vec<String> {
    let mut receipts = Vec::new();
    let mut mails = Vec::new();
    for order in orders {
        receipts.push(counter.fetch(order).await);
        mails.push(mail.fetch(order));
    }
    join_all(mails).await;
    receipts
}
