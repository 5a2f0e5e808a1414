//! The assertion of hidden tests: it quotes two figures and names the sentence that explains them.

use std::fmt::Display;
use std::panic::Location;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// How the text of a failed [`expect`] begins, so that it can be told from any other panic.
pub(crate) const PREFIX: &str = "expectation not met: ";

/// Failed expectations of this process, oldest first, with the thread that met them. A `static` and not a thread-local:
/// a fake may fail inside a spawned task, on another thread than the test that joins it.
static FAILURES: Mutex<Vec<(ThreadId, Failure)>> = Mutex::new(Vec::new());

/// What a failed [`expect`] has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Key of `[messages.*]` in `exercise.toml`.
    pub message: String,
    /// What the learner's code did: a figure, the same in every language ("5.0 s", "3").
    pub did: String,
    /// What was expected, in the same unit.
    pub expected: String,
    /// Where the expectation stands: `file:line:column`.
    pub location: String,
}

/// Fails the test unless `holds`, with the sentence `message` of `exercise.toml`, into which `did` and `expected` go.
///
/// `did` and `expected` are figures that need no translation ("5.0 s", "3", `[a, b]`); see [`seconds`] and [`list`].
///
/// # Panics
/// When `holds` is false. The panic's text carries the same four things as [`Failure`] for whoever runs the test
/// without the runner.
#[track_caller]
pub fn expect(holds: bool, message: &str, did: impl Display, expected: impl Display) {
    if holds {
        return;
    }
    let failure = Failure {
        message: message.to_owned(),
        did: did.to_string(),
        expected: expected.to_string(),
        location: Location::caller().to_string(),
    };
    let text = format!("{PREFIX}{message}\n     did: {}\nexpected: {}", failure.did, failure.expected);
    FAILURES.lock().unwrap_or_else(PoisonError::into_inner).push((thread::current().id(), failure));
    panic!("{text}");
}

/// Whether a panic's text is that of a failed [`expect`].
pub(crate) fn is_expectation(text: &str) -> bool {
    text.starts_with(PREFIX)
}

/// Takes the failure that explains why this thread's test failed: the first that this thread met, else the first of
/// any thread (a task on a worker thread that the test then joined). Later failures of this thread are forgotten: they
/// follow from it.
///
/// Meant for the runner, where a process runs one test.
pub(crate) fn take_failure() -> Option<Failure> {
    let mut failures = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
    if failures.is_empty() {
        return None;
    }
    let here = thread::current().id();
    let index = failures.iter().position(|(thread, _)| *thread == here).unwrap_or(0);
    let (_, failure) = failures.remove(index);
    failures.retain(|(thread, _)| *thread != here);
    Some(failure)
}

/// A duration as hidden tests quote it: seconds with one decimal ("5.0 s"), milliseconds below a tenth of a second.
pub fn seconds(duration: Duration) -> String {
    if duration.is_zero() || duration >= Duration::from_millis(100) {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} ms", duration.as_millis())
    }
}

/// Items as hidden tests quote them: `[a, b, c]`.
pub fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caught_in;

    #[test]
    fn what_holds_passes_and_leaves_nothing() {
        expect(true, "never-said", 1, 2);
        assert_eq!(take_failure_of_this_thread(), None);
    }

    #[test]
    fn a_failure_carries_key_figures_and_place() {
        let outcome = std::panic::catch_unwind(|| expect(false, "too-slow", seconds(Duration::from_secs(5)), "1.0 s"));
        let text = *outcome.unwrap_err().downcast::<String>().unwrap();
        assert_eq!(text, "expectation not met: too-slow\n     did: 5.0 s\nexpected: 1.0 s");
        let failure = take_failure_of_this_thread().unwrap();
        assert_eq!(
            (failure.message.as_str(), failure.did.as_str(), failure.expected.as_str()),
            ("too-slow", "5.0 s", "1.0 s")
        );
        assert!(failure.location.contains("expect.rs:"), "{}", failure.location);
        assert_eq!(take_failure_of_this_thread(), None, "it is taken once");
    }

    #[tokio::test]
    async fn a_failure_in_a_spawned_task_survives_the_join() {
        let joined = tokio::spawn(async { expect(false, "in-a-task", 1, 2) }).await;
        assert!(joined.unwrap_err().is_panic());
        assert_eq!(take_failure_of_this_thread().unwrap().message, "in-a-task");
    }

    #[test]
    fn a_failure_on_a_worker_thread_is_kept() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let joined = runtime.block_on(async { tokio::spawn(async { expect(false, "on-a-worker", 1, 2) }).await });
        assert!(joined.is_err());
        let failures = FAILURES.lock().unwrap();
        assert!(failures.iter().any(|(_, failure)| failure.message == "on-a-worker"));
    }

    #[test]
    fn the_first_failure_explains_the_rest() {
        for message in ["cause", "consequence"] {
            assert!(std::panic::catch_unwind(|| expect(false, message, 1, 2)).is_err());
        }
        assert_eq!(take_failure_of_this_thread().unwrap().message, "cause");
        assert_eq!(take_failure_of_this_thread(), None);
    }

    #[test]
    fn figures_read_the_same_in_every_language() {
        assert_eq!(seconds(Duration::ZERO), "0.0 s");
        assert_eq!(seconds(Duration::from_millis(40)), "40 ms");
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(list(["a", "b"]), "[a, b]");
        assert_eq!(caught_in(|| list(Vec::<u32>::new())).unwrap(), "[]");
    }

    /// Several tests share this process, so look only at what this thread met.
    fn take_failure_of_this_thread() -> Option<Failure> {
        let met = FAILURES.lock().unwrap().iter().any(|(thread, _)| *thread == thread::current().id());
        met.then(take_failure).flatten()
    }
}
