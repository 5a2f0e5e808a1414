use harness::{Api, ApiError};

pub async fn work(pulse: Api, job: Api, id: u32) -> Result<String, ApiError> {
    let child = tokio::spawn(beat(pulse));
    let report = job.try_fetch(id).await?;
    child.abort();
    Ok(report)
}

/// Sends one pulse after another, without end.
async fn beat(pulse: Api) {
    for number in 1.. {
        pulse.fetch(number).await;
    }
}
