use futures::future::join_all;
use harness::Api;

pub async fn serve(counter: Api, mail: Api, orders: Vec<u32>) -> Vec<String> {
    let mut mails = Vec::new();
    for order in orders {
        counter.fetch(order).await;
        mails.push(tokio::spawn(mail.fetch(order)));
    }
    let receipts = join_all(mails).await;
    receipts.into_iter().map(|receipt| receipt.expect("the mail does not panic")).collect()
}
