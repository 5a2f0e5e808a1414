use futures::stream::{self, StreamExt};
use harness::Api;

pub async fn fetch_all(api: &Api, ids: &[u32]) -> Vec<String> {
    stream::iter(ids).map(|id| api.fetch(*id)).buffered(2).collect().await
}
