use harness::{Api, ApiError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub async fn work(pulse: Api, job: Api, id: u32) -> Result<String, ApiError> {
    let stop = Arc::new(AtomicBool::new(false));
    let _stops_at_the_end = SetOnDrop(stop.clone());
    tokio::spawn(beat(pulse, stop));
    job.try_fetch(id).await
}

/// Sends one pulse after another until it is told to stop.
async fn beat(pulse: Api, stop: Arc<AtomicBool>) {
    for number in 1.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        pulse.fetch(number).await;
    }
}

struct SetOnDrop(Arc<AtomicBool>);

impl Drop for SetOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
