//! How many calls, how many at once, how many in any window of time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::timeline::Timeline;

/// Counts what goes in and out of a fake. Clones share the figures.
#[derive(Clone)]
pub struct Counter {
    timeline: Timeline,
    figures: Arc<Mutex<Figures>>,
}

#[derive(Default)]
struct Figures {
    arrivals: Vec<Duration>,
    in_flight: usize,
    max_in_flight: usize,
}

impl Counter {
    /// A counter at zero, on the timeline of this thread's test.
    #[expect(clippy::new_without_default, reason = "it depends on the thread that makes it")]
    pub fn new() -> Counter {
        Counter { timeline: Timeline::current(), figures: Arc::default() }
    }

    /// Counts a call, which lasts until the returned guard is dropped.
    pub fn enter(&self) -> InFlight {
        let now = self.timeline.now();
        let mut figures = self.lock();
        figures.arrivals.push(now);
        figures.in_flight += 1;
        figures.max_in_flight = figures.max_in_flight.max(figures.in_flight);
        drop(figures);
        InFlight { counter: self.clone() }
    }

    /// Calls so far, ended or not.
    pub fn calls(&self) -> usize {
        self.lock().arrivals.len()
    }

    /// Calls that have not ended.
    pub fn in_flight(&self) -> usize {
        self.lock().in_flight
    }

    /// The most calls that were in flight at one moment.
    pub fn max_in_flight(&self) -> usize {
        self.lock().max_in_flight
    }

    /// When each call arrived, in virtual time since the test began.
    pub fn arrivals(&self) -> Vec<Duration> {
        self.lock().arrivals.clone()
    }

    /// The most calls that arrived within any window of that length, its end excluded: two calls exactly one second apart are
    /// not in the same one-second window.
    pub fn busiest_window(&self, length: Duration) -> usize {
        let arrivals = self.arrivals();
        let within = |first: usize| arrivals[first..].iter().take_while(|at| **at < arrivals[first] + length).count();
        (0..arrivals.len()).map(within).max().unwrap_or(0)
    }

    fn lock(&self) -> MutexGuard<'_, Figures> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call in flight; it ends when this is dropped.
#[must_use = "a call that is dropped at once was never in flight"]
pub struct InFlight {
    counter: Counter,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.counter.lock().in_flight -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::sleep;

    #[test]
    fn counts_calls_and_how_many_at_once() {
        let counter = Counter::new();
        let first = counter.enter();
        let second = counter.enter();
        drop(first);
        let third = counter.enter();
        assert_eq!((counter.calls(), counter.in_flight(), counter.max_in_flight()), (3, 2, 2));
        drop((second, third));
        assert_eq!((counter.calls(), counter.in_flight(), counter.max_in_flight()), (3, 0, 2));
    }

    /// Arrivals at these milliseconds of virtual time.
    async fn arriving(at: &[u64]) -> Counter {
        let counter = Counter::new();
        let start = counter.timeline.now();
        for at in at {
            sleep((start + Duration::from_millis(*at)).saturating_sub(counter.timeline.now())).await;
            drop(counter.enter());
        }
        counter
    }

    #[tokio::test(start_paused = true)]
    async fn the_window_slides_over_virtual_time() {
        let second = Duration::from_secs(1);
        assert_eq!(arriving(&[]).await.busiest_window(second), 0);
        assert_eq!(arriving(&[0, 1_000, 2_000]).await.busiest_window(second), 1);
        assert_eq!(arriving(&[0, 500, 1_000]).await.busiest_window(second), 2);
        let burst_over_a_boundary = arriving(&[0, 900, 950, 1_000, 1_050, 3_000]).await;
        assert_eq!(burst_over_a_boundary.busiest_window(second), 4);
        assert_eq!(arriving(&[0, 0, 0]).await.busiest_window(second), 3);
    }
}
