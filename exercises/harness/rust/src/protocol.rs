//! How a test binary built by the runner talks to it.
//!
//! The runner rewrites `#[test]` and `#[tokio::test]` functions into plain ones and appends a `main` that
//! hands them to [`main`]. One process runs one test. Its standard input is a private socket on which the
//! runner says which test to run and under which nonce; the socket is moved out of the way before any other
//! code runs, so that neither the solution nor the tests can reach it. Every record written carries the
//! nonce; a pass is exactly one record `pass` with the test's name, and exit status 0.
//!
//! Under plain `cargo test` none of this takes part, and `emit` does nothing.

use crate::{expect, polls};
use rustix::io::Errno;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, PanicHookInfo};
use std::process::exit;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// The longest text of a message in a record, in characters; the rest is cut.
const LONGEST_MESSAGE: usize = 2_000;

/// When a test under paused time has waited this long in virtual time, nothing will ever wake it.
/// Longer than the virtual day that a hidden test may use as a limit of its own.
const VIRTUAL_FOREVER: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// A hidden test, as the generated `main` lists them.
pub struct Test {
    /// The path of the function in the hidden tests: `patterns::keeps_the_order`.
    pub name: &'static str,
    /// Runs the test; panics when it fails.
    pub run: fn(),
}

/// The runtime that `#[tokio::test(...)]` asked for.
pub struct Runtime {
    /// Worker threads of a multi-thread runtime, or none for the current thread.
    pub workers: Option<usize>,
    /// Whether time is virtual from the start.
    pub start_paused: bool,
}

/// What a test function may return: nothing, or a `Result` whose error fails the test.
pub trait Outcome {
    /// Panics when the value is an error.
    fn judge(self);
}

impl Outcome for () {
    fn judge(self) {}
}

impl<T, E: Debug> Outcome for Result<T, E> {
    fn judge(self) {
        if let Err(error) = self {
            panic!("the test returned an error: {error:?}");
        }
    }
}

struct Channel {
    nonce: String,
    socket: Mutex<UnixStream>,
}

static CHANNEL: OnceLock<Channel> = OnceLock::new();

/// Sends a record to the runner; does nothing where there is none.
pub(crate) fn emit(mut record: Value) {
    let Some(channel) = CHANNEL.get() else { return };
    record["nonce"] = Value::from(channel.nonce.as_str());
    let mut socket = channel.socket.lock().unwrap_or_else(PoisonError::into_inner);
    // One write a record: many small ones fill the socket's buffer, and the test would wait for the runner.
    // A runner that has gone cannot be told; it has already judged.
    let _ = socket.write_all(format!("{record}\n").as_bytes());
}

/// Runs the test that the runner names, reports, and ends the process.
pub fn main(tests: &[Test]) -> ! {
    let Some(name) = connect() else {
        eprintln!("this program is started by awaitlings; run `cargo test` in a kept temp crate instead");
        exit(2);
    };
    let Some(test) = tests.iter().find(|test| test.name == name) else {
        emit(json!({"event": "unknown-test", "test": name}));
        exit(2);
    };
    std::panic::set_hook(Box::new(print_panic));
    emit(json!({"event": "start", "test": test.name}));
    let (name, run) = (test.name, test.run);
    let ended = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(run));
        outcome.map_err(|payload| failure_record(name, &payload_text(payload.as_ref()), expect::take_failure()))
    });
    let record = match ended.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => json!({"event": "pass", "test": name}),
        Ok(Ok(Err(record))) => record,
        Ok(Err(_)) => failure_record(name, "the test's thread ended by a panic in a destructor", None),
        Err(error) => failure_record(name, &format!("the test's thread could not be started: {error}"), None),
    };
    if let Some(polls) = polls::longest() {
        emit(json!({
            "event": "polls",
            "longest_blocked_us": micros(polls.longest_blocked),
            "longest_busy_us": micros(polls.longest_busy),
        }));
    }
    emit(record);
    // Threads that the solution leaked must not hold up the verdict.
    exit(0)
}

/// Runs an async test on the runtime it asked for.
pub fn run_async<F>(runtime: Runtime, test: impl FnOnce() -> F)
where
    F: Future<Output: Outcome>,
{
    let mut builder = match runtime.workers {
        Some(workers) => {
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            builder.worker_threads(workers);
            builder
        }
        None => {
            let mut builder = tokio::runtime::Builder::new_current_thread();
            builder.on_thread_park(polls::on_park).on_thread_unpark(polls::on_unpark);
            builder
        }
    };
    let tokio = builder
        .enable_all()
        .start_paused(runtime.start_paused)
        .build()
        .unwrap_or_else(|error| panic!("the test's runtime could not be started: {error}"));
    let outcome = tokio.block_on(async move {
        // A runtime begins at work, without waking up.
        polls::on_unpark();
        let outcome = if runtime.start_paused {
            tokio::time::timeout(VIRTUAL_FOREVER, test()).await.ok()
        } else {
            Some(test().await)
        };
        polls::on_park();
        outcome
    });
    emit(json!({"event": "phase", "phase": "body-ended"}));
    match outcome {
        Some(outcome) => outcome.judge(),
        None => {
            emit(json!({"event": "deadlock"}));
            panic!("nothing was left that could wake the test: every task waits for something that never comes");
        }
    }
    drop(tokio);
    emit(json!({"event": "phase", "phase": "runtime-stopped"}));
}

/// Runs a test that is not async.
pub fn run_sync<T: Outcome>(test: impl FnOnce() -> T) {
    test().judge();
}

/// Takes the private socket from standard input and reads which test to run.
fn connect() -> Option<String> {
    let stdin = std::io::stdin();
    let socket = UnixStream::from(stdin.as_fd().try_clone_to_owned().ok()?);
    let null = std::fs::File::open("/dev/null").ok()?;
    loop {
        match rustix::stdio::dup2_stdin(&null) {
            Err(Errno::INTR) => {}
            result => break result.ok()?,
        }
    }
    let mut line = String::new();
    BufReader::new(socket.try_clone().ok()?).read_line(&mut line).ok()?;
    let request: Value = serde_json::from_str(&line).ok()?;
    let nonce = request["nonce"].as_str()?.to_owned();
    let test = request["test"].as_str()?.to_owned();
    CHANNEL.set(Channel { nonce, socket: Mutex::new(socket) }).ok()?;
    Some(test)
}

fn failure_record(test: &str, text: &str, failure: Option<expect::Failure>) -> Value {
    let mut record = json!({"event": "fail", "test": test, "text": cut(text)});
    if let Some(failure) = failure {
        record["message"] = Value::from(cut(&failure.message));
        record["did"] = Value::from(cut(&failure.did));
        record["expected"] = Value::from(cut(&failure.expected));
        record["location"] = Value::from(cut(&failure.location));
    }
    record
}

/// Prints a panic as the standard hook does, but never more of its text than a person reads.
fn print_panic(info: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let text = payload_text(info.payload());
    if expect::is_expectation(&text) {
        // The record says it, in the learner's language.
        return;
    }
    eprintln!("thread '{}' panicked at {place}:\n{}", thread.name().unwrap_or("unnamed"), cut(&text));
}

fn payload_text(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    cut(text.unwrap_or("a panic that carries no text"))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{} ...", &text[..end]),
        None => text.to_owned(),
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
