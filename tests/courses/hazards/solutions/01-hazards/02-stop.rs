use harness::Api;

pub async fn ask(api: Api) {
    let _ = api.fetch(1).await;
}
