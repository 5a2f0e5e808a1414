use futures::stream::{self, StreamExt};
use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32], k: usize) -> Vec<String> {
    stream::iter(ids).map(|id| api.fetch(*id)).buffer_unordered(k).collect().await
}
