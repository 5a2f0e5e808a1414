//! Cancellation at every await: does the code clean up wherever it is dropped?

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Where a run of [`at_every_await`] ended. `polls` counts how often the future was polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Dropped at the await that this many polls had brought it to.
    Cancelled {
        /// Polls before the drop.
        polls: usize,
    },
    /// It came to its end.
    Completed {
        /// Polls it took.
        polls: usize,
    },
}

/// More awaits than any exercise has: a future that needs more is taken to have no end.
const MOST_POLLS: usize = 1_000;

/// Makes a future, polls it once and drops it; makes another, polls it twice and drops it; and so on, until one comes to its
/// end. After each, `check` says whether everything is as it should be. Returns in how many places it was cancelled.
///
/// # Panics
/// When `check` does, and when the future has no end.
pub async fn at_every_await<F: Future>(mut make: impl FnMut() -> F, mut check: impl AsyncFnMut(Ending)) -> usize {
    for limit in 1..=MOST_POLLS {
        let ending = poll_at_most(limit, make()).await;
        check(ending).await;
        if let Ending::Completed { .. } = ending {
            return limit - 1;
        }
    }
    panic!("not at its end after {MOST_POLLS} polls: does it loop for ever?");
}

/// Polls `future` until it ends or has been polled `limit` times, and drops it.
async fn poll_at_most(limit: usize, future: impl Future) -> Ending {
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(Ending::Completed { polls }),
            Poll::Pending if polls == limit => Poll::Ready(Ending::Cancelled { polls }),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, Resource, caught, timeline};
    use std::time::Duration;
    use tokio::time::sleep;

    #[tokio::test(start_paused = true)]
    async fn every_await_is_met_once_and_then_the_end() {
        let mut endings = Vec::new();
        let three_awaits = || async {
            let span = timeline::begin("three awaits");
            for _ in 0..3 {
                sleep(Duration::from_secs(1)).await;
            }
            span.done();
        };
        let places = at_every_await(three_awaits, async |ending| endings.push(ending)).await;
        assert_eq!(places, 3);
        assert_eq!(
            endings,
            [
                Ending::Cancelled { polls: 1 },
                Ending::Cancelled { polls: 2 },
                Ending::Cancelled { polls: 3 },
                Ending::Completed { polls: 4 },
            ]
        );
        let ends: Vec<_> = timeline::spans().into_iter().map(|span| span.outcome).collect();
        assert_eq!(ends, [Outcome::Cancelled, Outcome::Cancelled, Outcome::Cancelled, Outcome::Done]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_resource_closed_on_success_only_is_found() {
        let files = Resource::new("file");
        let mut leaks = Vec::new();
        let closes_at_the_end = || async {
            let mut file = files.open().await;
            file.work().await;
            file.close().await;
        };
        at_every_await(closes_at_the_end, async |_| leaks.push(files.leaked())).await;
        assert_eq!(leaks, [0, 1, 2, 2], "opening, working, closing, the end");
    }

    #[tokio::test(start_paused = true)]
    async fn a_future_without_end_is_an_error() {
        let endless = || async {
            loop {
                tokio::task::yield_now().await;
            }
        };
        let panicked = caught(at_every_await(endless, async |_| ())).await.unwrap_err();
        assert!(panicked.says("loop for ever"));
    }
}
