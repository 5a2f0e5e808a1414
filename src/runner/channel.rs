//! The private channel to a test's process, from the runner's side.
//!
//! The process gets a socket as its standard input; over it the runner says which test to run under which
//! nonce, and gets records back, one JSON object a line. **A pass is exactly one record `pass` that carries
//! the nonce and the test's name, and exit status 0.** `exercises/harness/rust/src/protocol.rs` is the other
//! side, and for Python `src/runner/python/server/records.py`.

use super::output::{Capture, harmless};
use super::process::{Ended, Finished};
use super::verdict::{Crash, Failure, Hang, Outcome, Part, Polls, TimelineEvent, What};
use serde::Deserialize;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdStream;
use std::os::unix::process::ExitStatusExt;
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;

/// All records of one test together may not be longer than this, in bytes; a timeline is cut well before.
const MOST_RECORDS: usize = 4 * 1024 * 1024;

/// The runner's end of the channel.
#[derive(Debug)]
pub struct Channel {
    socket: UnixStream,
    nonce: String,
    test: String,
}

/// What came over the channel.
#[derive(Debug, Default)]
pub struct Records {
    bytes: Vec<u8>,
    too_many: bool,
}

#[derive(Deserialize)]
struct Record {
    nonce: String,
    #[serde(flatten)]
    event: Event,
}

#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Event {
    Start { test: String },
    Phase { phase: String },
    Span { id: u64, what: What, label: String, at_us: u64, task: Option<String> },
    Mark { label: String, at_us: u64, task: Option<String> },
    Polls { longest_blocked_us: u64, longest_busy_us: u64 },
    Deadlock,
    Pass { test: String },
    Fail(FailRecord),
    UnknownTest { test: String },
    Tampered { what: String },
    NotLoaded(NotLoaded),
}

/// A file that could not be loaded, where loading is a part of the test's own process.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NotLoaded {
    /// Which file.
    pub part: Part,
    /// The error, in one line.
    pub message: String,
    /// Line of the learner's file, from 1.
    pub line: Option<u32>,
    /// Column, from 1.
    pub column: Option<u32>,
    /// The whole text as the interpreter says it.
    pub rendered: String,
    /// The whole traceback.
    #[serde(default)]
    pub trace: Option<String>,
}

#[derive(Deserialize)]
struct FailRecord {
    text: String,
    message: Option<String>,
    did: Option<String>,
    expected: Option<String>,
    location: Option<String>,
    trace: Option<String>,
}

/// What the records say, once their form is right.
#[derive(Default)]
struct Account {
    started: bool,
    body_ended: bool,
    deadlock: bool,
    results: Vec<Result<String, Failure>>,
    unknown: Option<String>,
    tampered: Option<String>,
    not_loaded: Option<NotLoaded>,
    timeline: Vec<TimelineEvent>,
    polls: Option<Polls>,
}

impl Channel {
    /// A channel for a test, and the other end, to be the standard input of its process.
    ///
    /// # Errors
    /// When no socket or no nonce can be had.
    pub fn open(test: &str) -> std::io::Result<(Channel, OwnedFd)> {
        let (nonce, (mut ours, theirs)) = (nonce()?, StdStream::pair()?);
        writeln!(ours, "{}", serde_json::json!({"nonce": nonce, "test": test}))?;
        Ok((Channel::of(ours, nonce, test)?, OwnedFd::from(theirs)))
    }

    /// A channel for a test whose process is told by other means what to run, and the other end.
    ///
    /// # Errors
    /// When no socket or no nonce can be had.
    pub fn one_way(test: &str) -> std::io::Result<(Channel, OwnedFd)> {
        let (ours, theirs) = StdStream::pair()?;
        Ok((Channel::of(ours, nonce()?, test)?, OwnedFd::from(theirs)))
    }

    fn of(ours: StdStream, nonce: String, test: &str) -> std::io::Result<Channel> {
        ours.set_nonblocking(true)?;
        Ok(Channel { socket: UnixStream::from_std(ours)?, nonce, test: test.to_owned() })
    }

    /// What every record must carry.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// The file that could not be loaded, if that is what the records say.
    pub fn not_loaded(&self, records: &Records) -> Option<NotLoaded> {
        self.account(records).ok()?.not_loaded
    }

    /// Reads records until the other end is closed or too many have come.
    pub async fn read(&mut self, records: &mut Records) {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count) = self.socket.read(&mut buffer).await {
            if count == 0 {
                return;
            }
            records.bytes.extend_from_slice(&buffer[..count]);
            if records.bytes.len() > MOST_RECORDS {
                records.too_many = true;
                return;
            }
        }
    }

    /// Judges a test by its records and by how its process ended.
    pub fn judge(&self, records: &Records, finished: &Finished) -> (Outcome, Vec<TimelineEvent>, Option<Polls>) {
        match self.account(records) {
            Ok(account) => {
                let outcome = self.outcome(&account, finished);
                (outcome, account.timeline, account.polls)
            }
            Err(what) => (Outcome::Tampered { what }, Vec::new(), None),
        }
    }

    fn account(&self, records: &Records) -> Result<Account, String> {
        if records.too_many {
            return Err("more came over the channel than any test reports".to_owned());
        }
        let mut account = Account::default();
        let text = String::from_utf8_lossy(&records.bytes);
        // A process that is ended in the middle of a record leaves a piece without a line feed.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for line in whole.lines() {
            let record: Record =
                serde_json::from_str(line).map_err(|_| "a record is not in the agreed form".to_owned())?;
            if record.nonce != self.nonce {
                return Err("a record does not carry the nonce".to_owned());
            }
            account.take(record.event, &self.test)?;
        }
        Ok(account)
    }

    fn outcome(&self, account: &Account, finished: &Finished) -> Outcome {
        if let Some(test) = &account.unknown {
            return Outcome::Tampered { what: format!("the test program does not know the test `{test}`") };
        }
        if finished.ended == Ended::Flooded {
            return Outcome::Crashed { crash: Crash::Flooded };
        }
        if let Some(what) = &account.tampered {
            return Outcome::Tampered { what: what.clone() };
        }
        let clean = matches!(finished.ended, Ended::Exited(status) if status.success());
        match account.results.as_slice() {
            [Ok(_)] if clean && account.started => Outcome::Passed,
            [Ok(_)] => Outcome::Tampered { what: "a pass was reported, but the process did not end as one".to_owned() },
            [Err(_)] if account.deadlock => Outcome::Hung { hang: Hang::NeverWoken },
            [Err(failure)] => Outcome::Failed { failure: failure.clone() },
            [] => no_result(account, finished),
            _ => Outcome::Tampered { what: "more than one result was reported".to_owned() },
        }
    }
}

impl Account {
    fn take(&mut self, event: Event, test: &str) -> Result<(), String> {
        let own = |name: String| {
            if name == test { Ok(name) } else { Err("a record names another test".to_owned()) }
        };
        match event {
            Event::Start { test } => self.started = own(test).map(|_| true)?,
            Event::Phase { phase } => self.body_ended |= phase == "body-ended",
            Event::Span { id, what, label, at_us, task } => self.happened(what, id, &label, at_us, task),
            Event::Mark { label, at_us, task } => self.happened(What::Mark, 0, &label, at_us, task),
            Event::Polls { longest_blocked_us, longest_busy_us } => {
                self.polls = Some(Polls { longest_blocked_us, longest_busy_us });
            }
            Event::Deadlock => self.deadlock = true,
            Event::Pass { test } => self.results.push(Ok(own(test)?)),
            Event::Fail(fail) => self.results.push(Err(fail.into())),
            Event::UnknownTest { test } => self.unknown = Some(harmless(&test)),
            Event::Tampered { what } => self.tampered = Some(harmless(&what)),
            Event::NotLoaded(what) => {
                let (message, rendered) = (harmless(&what.message), harmless(&what.rendered));
                self.results.push(Err(Failure { text: message.clone(), ..Failure::default() }));
                let trace = what.trace.as_deref().map(harmless);
                self.not_loaded = Some(NotLoaded { message, rendered, trace, ..what });
            }
        }
        Ok(())
    }

    fn happened(&mut self, what: What, id: u64, label: &str, at_us: u64, task: Option<String>) {
        let task = task.map(|task| harmless(&task));
        self.timeline.push(TimelineEvent { what, id, label: harmless(label), at_us, task });
    }
}

impl From<FailRecord> for Failure {
    fn from(record: FailRecord) -> Failure {
        let clean = |text: Option<String>| text.map(|text| harmless(&text));
        Failure {
            message: clean(record.message),
            did: clean(record.did),
            expected: clean(record.expected),
            location: clean(record.location),
            text: harmless(&record.text),
            trace: clean(record.trace),
        }
    }
}

/// A number that nobody can guess.
pub(super) fn nonce() -> std::io::Result<String> {
    let mut random = [0u8; 16];
    getrandom::fill(&mut random).map_err(std::io::Error::other)?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What it means that a process ended without a result.
fn no_result(account: &Account, finished: &Finished) -> Outcome {
    let hung = |hang| Outcome::Hung { hang };
    let crashed = |crash| Outcome::Crashed { crash };
    match finished.ended {
        Ended::Waiting | Ended::Busy if account.body_ended => hung(Hang::RuntimeStillRunning),
        Ended::Waiting => hung(Hang::Waiting),
        Ended::Busy => hung(Hang::Busy),
        Ended::Flooded => crashed(Crash::Flooded),
        Ended::Exited(status) => match (status.code(), status.signal()) {
            (Some(code), _) => crashed(Crash::EndedEarly { code }),
            (None, signal) => crashed(signal_crash(&finished.stderr, signal.unwrap_or(0))),
        },
    }
}

/// Tells apart what the Rust runtime says before it aborts.
fn signal_crash(stderr: &Capture, signal: i32) -> Crash {
    let text = stderr.text();
    if text.contains("has overflowed its stack") {
        Crash::StackOverflow
    } else if text.contains("memory allocation of") && text.contains("failed") {
        Crash::OutOfMemory
    } else {
        Crash::Signal { signal }
    }
}
