use harness::Api;

/// Fetches 1.
pub async fn ask(api: Api) {
    drop(api);
}
