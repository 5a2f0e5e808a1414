use futures::future::select_all;
use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    if ids.is_empty() {
        return Vec::new();
    }
    let fetches = ids.iter().map(|id| Box::pin(api.fetch(*id)));
    let (reply, _, _) = select_all(fetches).await;
    vec![reply]
}
