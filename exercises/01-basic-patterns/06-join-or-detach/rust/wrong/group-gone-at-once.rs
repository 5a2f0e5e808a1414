use harness::{Api, ApiError};
use tokio::task::JoinSet;

pub async fn work(pulse: Api, job: Api, id: u32) -> Result<String, ApiError> {
    start(pulse);
    job.try_fetch(id).await
}

fn start(pulse: Api) {
    let mut children = JoinSet::new();
    children.spawn(beat(pulse));
}

/// Sends one pulse after another, without end.
async fn beat(pulse: Api) {
    for number in 1.. {
        pulse.fetch(number).await;
    }
}
