use harness::{Api, ApiError};
use tokio_util::task::TaskTracker;

pub async fn work(pulse: Api, job: Api, id: u32) -> Result<String, ApiError> {
    let children = TaskTracker::new();
    children.spawn(beat(pulse));
    let result = job.try_fetch(id).await;
    children.close();
    result
}

/// Sends one pulse after another, without end.
async fn beat(pulse: Api) {
    for number in 1.. {
        pulse.fetch(number).await;
    }
}
