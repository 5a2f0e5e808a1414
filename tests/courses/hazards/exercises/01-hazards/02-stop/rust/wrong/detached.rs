use harness::Api;

pub async fn ask(api: Api) {
    let asking = tokio::spawn(async move { api.fetch(1).await });
    let _ = asking.await;
}
