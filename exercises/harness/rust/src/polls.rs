//! Does async code block its thread, or keep it busy, between two awaits?
//!
//! Under paused time a good future's polls take microseconds. What makes one long is told apart: *blocked*, the
//! thread slept or waited for something ([`std::thread::sleep`], a lock, a file), and *busy*, it computed. A machine that is
//! busy with something else adds to neither (see [`crate::thread_time`]), so a threshold of 20 ms is safe.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::thread_time::{Reading, Spent};

/// The longest that a thread did not come back to its runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polls {
    /// Longest time blocked within one poll.
    pub longest_blocked: Duration,
    /// Longest time computed within one poll.
    pub longest_busy: Duration,
}

impl Polls {
    const NONE: Polls = Polls { longest_blocked: Duration::ZERO, longest_busy: Duration::ZERO };

    fn add(&mut self, spent: Spent) {
        self.longest_blocked = self.longest_blocked.max(spent.blocked);
        self.longest_busy = self.longest_busy.max(spent.busy);
    }
}

/// What the hooks below saw in this process.
static SEEN: Mutex<Seen> = Mutex::new(Seen { since_watch: Polls::NONE, ever: None });

struct Seen {
    since_watch: Polls,
    ever: Option<Polls>,
}

thread_local! {
    /// When this thread's runtime last woke up, if it is at work.
    static AWAKE_SINCE: Cell<Option<Reading>> = const { Cell::new(None) };
}

/// Awaits `future` and says how long its polls took. Tasks that it spawns are covered too where the runtime calls
/// [`on_unpark`] and [`on_park`]: the runner's does, and [`crate::program::run`]'s.
pub async fn watch<F: Future>(future: F) -> (F::Output, Polls) {
    close_stretch();
    seen(|seen| seen.since_watch = Polls::NONE);
    let mut polls = Polls::NONE;
    let mut future = pin!(future);
    let output = poll_fn(|context| {
        let before = Reading::now();
        let polled = future.as_mut().poll(context);
        polls.add(before.spent());
        polled
    })
    .await;
    close_stretch();
    let tasks = seen(|seen| seen.since_watch);
    polls.add(Spent { busy: tasks.longest_busy, blocked: tasks.longest_blocked });
    (output, polls)
}

/// The longest of the whole process; none where no runtime has called the hooks.
pub fn longest() -> Option<Polls> {
    seen(|seen| seen.ever)
}

/// For a runtime's `on_thread_unpark`: the thread goes to work. A runtime begins at work without waking up, so call it once
/// at the beginning of `block_on`, too.
pub fn on_unpark() {
    AWAKE_SINCE.set(Some(Reading::now()));
}

/// For a runtime's `on_thread_park`: the thread has nothing to do; call it at the end of `block_on`, too. All polls since [`on_unpark`] count as one stretch, since
/// stable tokio does not tell where one task's poll ends; a few tasks with short polls add up to microseconds.
pub fn on_park() {
    if let Some(since) = AWAKE_SINCE.take() {
        let spent = since.spent();
        seen(|seen| {
            seen.since_watch.add(spent);
            seen.ever.get_or_insert_default().add(spent);
        });
    }
}

/// Ends the stretch that this thread is in, if the hooks are installed, and begins another.
fn close_stretch() {
    if AWAKE_SINCE.get().is_some() {
        on_park();
        on_unpark();
    }
}

fn seen<T>(look: impl FnOnce(&mut Seen) -> T) -> T {
    look(&mut SEEN.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;
    use tokio::task::yield_now;
    use tokio::time::sleep;

    const LIMIT: Duration = Duration::from_millis(20);
    const LONG: Duration = Duration::from_millis(50);

    /// Computes until this thread has had `time` on a core, however many others want it.
    fn compute(time: Duration) {
        let start = Reading::now();
        while start.spent().busy < time {
            black_box((0..10_000_u32).map(black_box).sum::<u32>());
        }
    }

    /// Runs `test` while threads keep every core busy.
    fn on_a_busy_machine(test: impl FnOnce()) {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        black_box(0);
                    }
                });
            }
            test();
            stop.store(true, Ordering::Relaxed);
        });
    }

    fn watched<F: Future>(future: F) -> Polls {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(watch(future)).1
    }

    #[test]
    fn a_sleeping_thread_is_blocked_and_not_busy() {
        let polls = watched(async { thread::sleep(LONG) });
        assert!(polls.longest_blocked >= LONG - Duration::from_millis(5), "{polls:?}");
        assert!(polls.longest_busy < LIMIT, "{polls:?}");
    }

    #[test]
    fn a_computing_thread_is_busy_and_not_blocked() {
        let polls = watched(async { compute(LONG) });
        assert!(polls.longest_busy >= LONG, "{polls:?}");
        assert!(polls.longest_blocked < LIMIT, "{polls:?}");
    }

    #[test]
    fn a_busy_machine_makes_nobody_blocked_or_busy() {
        on_a_busy_machine(|| {
            let polite = async {
                for _ in 0..200 {
                    compute(Duration::from_millis(1));
                    yield_now().await;
                }
            };
            let polls = watched(polite);
            assert!(polls.longest_blocked < LIMIT && polls.longest_busy < LIMIT, "{polls:?}");
        });
    }

    #[test]
    fn a_busy_machine_does_not_hide_a_blocked_thread() {
        on_a_busy_machine(|| {
            let polls = watched(async { thread::sleep(LONG) });
            assert!(polls.longest_blocked >= LONG - Duration::from_millis(5), "{polls:?}");
            assert!(polls.longest_busy < LIMIT, "{polls:?}");
        });
    }

    #[test]
    fn a_busy_machine_does_not_make_a_computing_thread_blocked() {
        on_a_busy_machine(|| {
            let polls = watched(async { compute(LONG) });
            assert!(polls.longest_busy >= LONG && polls.longest_blocked < LIMIT, "{polls:?}");
        });
    }

    #[test]
    fn virtual_sleep_is_neither() {
        let polls = watched(async { sleep(Duration::from_secs(3_600)).await });
        assert!(polls.longest_blocked < LIMIT && polls.longest_busy < LIMIT, "{polls:?}");
    }

    #[test]
    fn each_poll_counts_for_itself() {
        let polls = watched(async {
            for _ in 0..10 {
                compute(Duration::from_millis(5));
                yield_now().await;
            }
        });
        assert!(polls.longest_busy >= Duration::from_millis(5) && polls.longest_busy < LONG, "{polls:?}");
    }

    #[test]
    fn with_the_hooks_a_spawned_task_that_blocks_is_found() {
        let ((), polls) = crate::program::run(watch(async {
            tokio::spawn(async { thread::sleep(LONG) }).await.unwrap();
        }));
        assert!(polls.longest_blocked >= LONG - Duration::from_millis(5), "{polls:?}");
        assert!(longest().is_some_and(|ever| ever.longest_blocked >= polls.longest_blocked));
    }
}
