//! Join or detach: a child that ends when its owner does.

use harness::{Api, ApiError};
use tokio::task::JoinSet;

/// Does the job while a child shows that somebody is at work; returns the job's result.
pub async fn work(pulse: Api, job: Api, id: u32) -> Result<String, ApiError> {
    // Dropped on every way out of this function, and its child with it.
    let mut children = JoinSet::new();
    children.spawn(beat(pulse));
    job.try_fetch(id).await
}

/// Sends one pulse after another, without end.
async fn beat(pulse: Api) {
    for number in 1.. {
        pulse.fetch(number).await;
    }
}
