//! Virtual time for tests with `start_paused = true`.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::timeline::Timeline;

/// Time since the test began.
pub fn now() -> Duration {
    Timeline::current().now()
}

/// Awaits `future` and says how long it took.
pub async fn took<F: Future>(future: F) -> (F::Output, Duration) {
    let start = Instant::now();
    let output = future.await;
    (output, start.elapsed())
}

/// Lets everything run that can run without waiting for a timer, such as tasks that were just aborted. One millisecond of
/// virtual time passes: paused time moves only when no task is ready.
pub async fn settle() {
    sleep(Duration::from_millis(1)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_hour_takes_no_time_and_is_exact() {
        let ((), hour) = took(sleep(Duration::from_secs(3_600))).await;
        assert_eq!(hour, Duration::from_secs(3_600));
    }

    #[tokio::test(start_paused = true)]
    async fn now_counts_from_the_first_use() {
        assert_eq!(now(), Duration::ZERO);
        sleep(Duration::from_secs(2)).await;
        assert_eq!(now(), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn settling_lets_an_aborted_task_end() {
        let task = tokio::spawn(sleep(Duration::from_secs(60)));
        tokio::task::yield_now().await;
        task.abort();
        settle().await;
        assert!(task.is_finished());
    }
}
