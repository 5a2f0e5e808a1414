use harness::Api;

pub async fn serve(counter: Api, mail: Api, orders: Vec<u32>) -> Vec<String> {
    let mut receipts = Vec::new();
    for order in orders {
        receipts.push(counter.fetch(order).await);
        let mail = mail.clone();
        tokio::spawn(async move {
            mail.fetch(order).await;
        });
    }
    receipts
}
