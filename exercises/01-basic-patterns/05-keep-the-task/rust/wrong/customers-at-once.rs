use futures::future::join_all;
use harness::Api;

pub async fn serve(counter: Api, mail: Api, orders: Vec<u32>) -> Vec<String> {
    let served = orders.into_iter().map(|order| {
        let (receipt, mail) = (counter.fetch(order), mail.clone());
        async move { (receipt.await, tokio::spawn(mail.fetch(order))) }
    });
    let (receipts, mails): (Vec<_>, Vec<_>) = join_all(served).await.into_iter().unzip();
    join_all(mails).await;
    receipts
}
