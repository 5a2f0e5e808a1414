//! The life of a whole program, for tests of what its end cuts off.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::timeout;

use crate::polls;

/// How long a program may run before it counts as waiting for something that never happens: a virtual day, which costs
/// nothing.
pub const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs `main` to its end in virtual time on a runtime of its own and then ends the runtime, as `#[tokio::main]` does:
/// tasks that still run are cut off, and their spans are [`crate::Outcome::Cancelled`] when this returns.
///
/// Call it from an ordinary `#[test]`.
///
/// # Panics
/// When `main` panics, and when it can never end.
pub fn run<F: Future>(main: F) -> F::Output {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .on_thread_unpark(polls::on_unpark)
        .on_thread_park(polls::on_park)
        .build()
        .expect("a runtime of the current thread needs nothing that could be missing");
    let ended = runtime.block_on(async {
        polls::on_unpark();
        let ended = timeout(LONGEST, main).await;
        polls::on_park();
        ended
    });
    drop(runtime);
    ended.unwrap_or_else(|_| panic!("deadlock: the program waits for something that can never happen"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, caught_in, timeline};
    use tokio::time::sleep;

    #[test]
    fn the_end_of_the_program_cuts_off_what_still_runs() {
        let output = run(async {
            let span = timeline::begin("background");
            tokio::spawn(async move {
                sleep(Duration::from_secs(2)).await;
                span.done();
            });
            sleep(Duration::from_secs(1)).await;
            7
        });
        let spans = timeline::spans();
        assert_eq!((output, &spans[0].outcome), (7, &Outcome::Cancelled));
        assert_eq!(spans[0].end, Some(Duration::from_secs(1)));
    }

    #[test]
    fn waiting_for_ever_ends_at_once() {
        let panicked = caught_in(|| run(std::future::pending::<()>())).unwrap_err();
        assert!(panicked.says("deadlock"));
    }
}
