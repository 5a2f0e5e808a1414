//! A fake of a library that knows nothing of async: a call blocks the thread that makes it, as files, devices and old drivers
//! do, or keeps it computing.
//!
//! Use it in tests without `start_paused`: real threads are no timers, and paused time would run away while they work. What
//! counts are threads and calls, not times.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task;

use crate::thread_time::Reading;
use crate::timeline::Timeline;

/// A blocking library. Clones are handles to the same one.
///
/// ```ignore
/// let library = Library::new().crowd(5, Duration::from_millis(250));
/// // ... the learner's pool of four makes twelve calls ...
/// assert_eq!(library.max_inside(), 4);
/// ```
#[derive(Clone)]
pub struct Library {
    shared: Arc<Shared>,
}

struct Shared {
    timeline: Timeline,
    home: ThreadId,
    state: Mutex<State>,
    crowded: Condvar,
    inside: watch::Sender<usize>,
}

struct State {
    takes: Duration,
    crowd: Option<Crowd>,
    calls: Vec<LibraryCall>,
    max_inside: usize,
}

#[derive(Clone, Copy)]
struct Crowd {
    size: usize,
    patience: Duration,
    /// When patience ends: it begins with the first who waits.
    until: Option<Instant>,
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryCall {
    /// Its id.
    pub id: u32,
    /// Whether it was made on the thread that made the library, which in a hidden test is the one that drives the loop.
    pub on_loop: bool,
    /// Whether it was made inside a spawned task, blocking closures included.
    pub in_task: bool,
    /// When it began, in real time.
    pub at: Instant,
}

impl Library {
    /// A library whose calls take 30 ms.
    #[expect(clippy::new_without_default, reason = "it depends on the thread that makes it")]
    pub fn new() -> Library {
        let state = State { takes: Duration::from_millis(30), crowd: None, calls: Vec::new(), max_inside: 0 };
        Library {
            shared: Arc::new(Shared {
                timeline: Timeline::current(),
                home: thread::current().id(),
                state: Mutex::new(state),
                crowded: Condvar::new(),
                inside: watch::Sender::new(0),
            }),
        }
    }

    /// How long each call takes, in real time.
    pub fn takes(self, takes: Duration) -> Library {
        self.state().takes = takes;
        self
    }

    /// Keeps every call inside until so many are inside at the same time, or until `patience` has passed (in real time);
    /// from then on calls return at once. To show that more than n are never inside, wait for n + 1: a right answer costs the
    /// patience, and can never fail. To show that n can be, wait for n, with more patience than any machine needs. Said again,
    /// it holds from then on, also for those inside.
    pub fn crowd(self, size: usize, patience: Duration) -> Library {
        self.state().crowd = Some(Crowd { size, patience, until: None });
        self.shared.crowded.notify_all();
        self
    }

    /// Asks the library, and blocks this thread until it answers "answer ID".
    pub fn call(&self, id: u32) -> String {
        let shared = &self.shared;
        let span = shared.timeline.begin(format!("call {id}"));
        let state = self.enter(id);
        if state.crowd.is_some() {
            self.wait_for_crowd(state);
        } else {
            let takes = state.takes;
            drop(state);
            thread::sleep(takes);
        }
        shared.inside.send_modify(|inside| *inside -= 1);
        span.done();
        format!("answer {id}")
    }

    /// Computes for 40 ms of processor time; the answer is "sum ID".
    pub fn compute(&self, id: u32) -> String {
        let span = self.shared.timeline.begin(format!("compute {id}"));
        drop(self.enter(id));
        let start = Reading::now();
        while start.spent().busy < Duration::from_millis(40) {
            std::hint::spin_loop();
        }
        self.shared.inside.send_modify(|inside| *inside -= 1);
        span.done();
        format!("sum {id}")
    }

    /// The calls so far, in the order in which they began.
    pub fn calls(&self) -> Vec<LibraryCall> {
        self.state().calls.clone()
    }

    /// The call of an id, if it was made.
    pub fn call_of(&self, id: u32) -> Option<LibraryCall> {
        self.state().calls.iter().find(|call| call.id == id).cloned()
    }

    /// The most threads that were inside at one moment.
    pub fn max_inside(&self) -> usize {
        self.state().max_inside
    }

    /// Waits, without blocking, until so many threads are inside.
    pub async fn until_inside(&self, count: usize) {
        let mut inside = self.shared.inside.subscribe();
        inside.wait_for(|inside| *inside == count).await.expect("the sender lives as long as the library");
    }

    fn enter(&self, id: u32) -> MutexGuard<'_, State> {
        let shared = &self.shared;
        let mut state = self.state();
        shared.inside.send_modify(|inside| *inside += 1);
        state.max_inside = state.max_inside.max(*shared.inside.borrow());
        let on_loop = thread::current().id() == shared.home;
        state.calls.push(LibraryCall { id, on_loop, in_task: task::try_id().is_some(), at: Instant::now() });
        shared.crowded.notify_all();
        state
    }

    fn wait_for_crowd(&self, mut state: MutexGuard<'_, State>) {
        while let Some(crowd) = &mut state.crowd {
            let until = *crowd.until.get_or_insert_with(|| Instant::now() + crowd.patience);
            let left = until.saturating_duration_since(Instant::now());
            if *self.shared.inside.borrow() >= crowd.size || left.is_zero() {
                // Whoever comes from now on is not kept.
                state.crowd = None;
                state.takes = Duration::ZERO;
                self.shared.crowded.notify_all();
            } else {
                let waited = self.shared.crowded.wait_timeout(state, left);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::polls;
    use futures::future::join_all;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_call_blocks_and_a_computation_is_busy() {
        let library = Library::new();
        let (answers, polls) = polls::watch(async { [library.call(1), library.compute(2)] }).await;
        assert_eq!(answers, ["answer 1", "sum 2"]);
        assert!(polls.longest_blocked >= Duration::from_millis(20), "{polls:?}");
        assert!(polls.longest_busy >= Duration::from_millis(40), "{polls:?}");
        assert!(library.calls().iter().all(|call| call.on_loop && !call.in_task));
        assert!(library.call_of(2).unwrap().at > library.call_of(1).unwrap().at);
    }

    #[tokio::test]
    async fn it_knows_where_it_was_called() {
        let library = Library::new().takes(Duration::ZERO);
        let (here, there) = (library.clone(), library.clone());
        tokio::spawn(async move { here.call(1) }).await.unwrap();
        tokio::task::spawn_blocking(move || there.call(2)).await.unwrap();
        let calls: Vec<_> = library.calls().iter().map(|call| (call.id, call.on_loop, call.in_task)).collect();
        assert_eq!(calls, [(1, true, true), (2, false, true)]);
    }

    #[tokio::test]
    async fn a_crowd_is_waited_for() {
        let library = Library::new().crowd(3, LONG);
        let calls = (0..3).map(|id| {
            let library = library.clone();
            tokio::task::spawn_blocking(move || library.call(id))
        });
        join_all(calls).await;
        assert_eq!(library.max_inside(), 3);
        assert_eq!(library.call(4), "answer 4", "nobody is kept any more");
    }

    #[tokio::test]
    async fn where_no_crowd_comes_patience_ends() {
        let library = Library::new().crowd(2, Duration::from_millis(1));
        assert_eq!((library.call(1), library.max_inside()), ("answer 1".to_owned(), 1));
    }

    #[tokio::test]
    async fn one_can_wait_until_they_are_inside() {
        let library = Library::new().crowd(2, LONG);
        let first = library.clone();
        let call = tokio::task::spawn_blocking(move || first.call(1));
        library.until_inside(1).await;
        let second = library.clone();
        tokio::task::spawn_blocking(move || second.call(2)).await.unwrap();
        call.await.unwrap();
        library.until_inside(0).await;
    }
}
