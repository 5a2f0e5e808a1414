//! Runs one hidden test on the fork server, within its limits, and reports on it.

use super::hidden::HiddenTest;
use super::server::{Ends, Server, SubjectWork, Work};
use crate::runner::TestReport;
use crate::runner::channel::{Channel, NotLoaded, Records};
use crate::runner::hidden_test::LONGEST_OUTPUT;
use crate::runner::output::Capture;
use crate::runner::process::{DRAIN, Ended, Finished, Flood, at_limit, read};
use crate::runner::setup::{Doing, SetupError, Step};
use serde::Deserialize;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdStream;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::pipe;

/// What came of a test.
#[derive(Debug)]
pub enum Supervised {
    /// There is a report, and with it the file that could not be loaded, if that is the reason.
    Report(TestReport, Option<NotLoaded>),
    /// The server ended, so there is none.
    ServerEnded,
}

/// What the server says of a test's process.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Message {
    Pid(i32),
    Status(i32),
}

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The test.
    pub test: &'a HiddenTest,
    /// The hidden tests.
    pub hidden: &'a str,
    /// The learner's text.
    pub solution: &'a str,
    /// Where the learner's text is tests: what they are run against.
    pub subject: Option<SubjectWork<'a>>,
    /// What the learner calls the file.
    pub shown: &'a str,
    /// How long it may take.
    pub limit: Duration,
}

/// Runs a test. Dropping the future ends its process.
///
/// # Errors
/// When its process cannot be isolated, or there are no descriptors left.
pub async fn run(server: &Server, run: Run<'_>) -> Result<Supervised, SetupError> {
    let name = &run.test.name;
    let io = || Step::Test(name.to_owned());
    let (ours, theirs) = StdStream::pair().doing(io)?;
    ours.set_nonblocking(true).doing(io)?;
    let supervision = UnixStream::from_std(ours).doing(io)?;
    let (mut channel, channel_end) = Channel::one_way(name).doing(io)?;
    let (out, out_end) = std::io::pipe().doing(io)?;
    let (err, err_end) = std::io::pipe().doing(io)?;
    let [out, err] = [out, err].map(|end| pipe::Receiver::from_owned_fd(OwnedFd::from(end)));
    // They stay open until the test has ended: one that writes to a closed pipe would fail of that instead.
    let (mut out, mut err) = (Some(out.doing(io)?), Some(err.doing(io)?));
    let scratch = server.scratch().doing(io)?;
    let work = Work {
        test: name,
        nonce: channel.nonce(),
        hidden: run.hidden,
        solution: run.solution,
        subject: run.subject,
        shown: run.shown,
        scratch: scratch.as_ref().map(tempfile::TempDir::path),
        cpu_seconds: 4 * run.limit.as_secs() + 5,
    };
    let ends =
        Ends { supervision: theirs.into(), channel: channel_end, stdout: out_end.into(), stderr: err_end.into() };
    if server.send(&work, ends).is_err() {
        return Ok(Supervised::ServerEnded);
    }
    let (mut stdout, mut stderr, mut records) = (Capture::default(), Capture::default(), Records::default());
    let started = Instant::now();
    let ended = {
        let streams =
            async { tokio::try_join!(read(&mut out, &mut stdout, None), read(&mut err, &mut stderr, None)).map(drop) };
        let reading = channel.read(&mut records);
        tokio::pin!(streams, reading);
        let ended = until_end(supervision, &mut streams, &mut reading, run.limit, started).await;
        let Some(ended) = ended else { return Ok(Supervised::ServerEnded) };
        ended
    };
    let finished = Finished { ended, stdout, stderr, took: started.elapsed() };
    if let Some(what) = finished.stage_error() {
        return Err(SetupError::Isolation(what));
    }
    let (outcome, timeline, polls) = channel.judge(&records, &finished);
    let mut output = [finished.stdout.text(), finished.stderr.text()].concat();
    if let Some((end, _)) = output.char_indices().nth(LONGEST_OUTPUT) {
        output.truncate(end);
    }
    let criterion = run.test.criterion.clone();
    let report = TestReport { name: name.clone(), criterion, outcome, output, timeline, polls };
    Ok(Supervised::Report(report, channel.not_loaded(&records)))
}

/// Waits until the process has ended, or ends it; none when the server itself has ended.
async fn until_end(
    supervision: UnixStream,
    mut streams: impl Future<Output = Result<(), Flood>> + Unpin,
    mut reading: impl Future<Output = ()> + Unpin,
    limit: Duration,
    started: Instant,
) -> Option<Ended> {
    let mut messages = BufReader::new(supervision).lines();
    let (mut pid, mut open, mut telling) = (None, true, true);
    let deadline = tokio::time::sleep(limit);
    tokio::pin!(deadline);
    let ended = loop {
        tokio::select! {
            // A test that has ended in time has ended, however late that is noticed on a busy machine.
            biased;
            message = messages.next_line() => {
                let message = message.ok().flatten()?;
                match serde_json::from_str(&message).ok()? {
                    Message::Pid(told) => pid = Some(told),
                    Message::Status(status) => break Ended::Exited(ExitStatus::from_raw(status)),
                }
            }
            read = &mut streams, if open => match read {
                Ok(()) => open = false,
                Err(Flood) => break Ended::Flooded,
            },
            () = &mut reading, if telling => telling = false,
            () = &mut deadline => break at_limit(pid, started.elapsed()),
        }
    };
    // Closing our end tells the server to end a process that still runs.
    drop(messages);
    // What was said before the end is still under way; who holds the other ends longer is not waited for.
    let unread = open && ended != Ended::Flooded;
    let printed = async { if unread { (&mut streams).await } else { Ok(()) } };
    let told = async {
        if telling {
            (&mut reading).await
        }
    };
    match tokio::time::timeout(DRAIN, async { tokio::join!(printed, told) }).await {
        Ok((Err(Flood), ())) => Some(Ended::Flooded),
        _ => Some(ended),
    }
}
