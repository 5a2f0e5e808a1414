use futures::future::try_join_all;
use harness::{Api, ApiError};

pub async fn fetch_parts(api: &Api, ids: &[u32]) -> Result<Vec<String>, ApiError> {
    let tasks: Vec<_> = ids.iter().map(|id| tokio::spawn(api.try_fetch(*id))).collect();
    let stops: Vec<_> = tasks.iter().map(|task| task.abort_handle()).collect();
    let all = tasks.into_iter().map(|task| async { task.await.expect("no fetch panics") });
    let parts = try_join_all(all).await;
    if parts.is_err() {
        stops.iter().for_each(|stop| stop.abort());
    }
    parts
}
