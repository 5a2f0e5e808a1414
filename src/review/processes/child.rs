//! One program, run under limits and with nothing left behind.
//!
//! The runner's stage starts it, in a session of its own and with limits, but without Landlock and seccomp: it is the person's
//! own code, with their files and network. What outlives it, even in a session of its own, is known by a mark in its
//! environment and ended.

use crate::runner::isolation::{self, Level, Network, Policy, Processes};
use crate::runner::output::FLOOD;
use rustix::process::{Pid, Signal};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

/// What marks the processes of a run.
const MARK: &str = "AWAITLINGS_REVIEW_RUN";

/// The largest file that may be written, in bytes: programs with all their debug information are large.
const FILE: u64 = 4 << 30;

/// How long a stream may stay open after its program has ended.
const DRAIN: Duration = Duration::from_millis(200);

/// A program to run, with the person's environment.
#[derive(Debug)]
pub struct Child {
    pub program: PathBuf,
    pub args: Vec<OsString>,
    /// The folder it starts in.
    pub folder: PathBuf,
    /// What is added to the environment, or taken from it.
    pub env: Vec<(&'static str, Option<OsString>)>,
    /// Private memory, in bytes.
    pub memory: u64,
    /// The most that it may print, in bytes.
    pub output: usize,
    /// How long it may take.
    pub limit: Duration,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself, or by a signal that it caused.
    Exited(ExitStatus),
    /// It was ended at its time limit.
    TimedOut,
    /// It was ended because it printed too much.
    Flooded,
}

/// What is known about a program that has ended.
#[derive(Debug)]
pub struct Finished {
    pub ended: Ended,
    pub stdout: String,
    pub stderr: String,
}

impl Finished {
    /// Whether it says that all went well.
    pub fn succeeded(&self) -> bool {
        matches!(self.ended, Ended::Exited(status) if status.success())
    }
}

impl Child {
    /// A program with the memory and output that test runs get: 4 GiB, and what the runner grants.
    pub fn new(program: PathBuf, args: Vec<OsString>, folder: PathBuf, limit: Duration) -> Child {
        Child { program, args, folder, env: Vec::new(), memory: 4 << 30, output: FLOOD, limit }
    }

    /// Runs it to its end or its limit. Dropping the future ends it and all that it started.
    ///
    /// # Errors
    /// When it cannot be started, in the system's words.
    pub async fn run(self) -> Result<Finished, String> {
        let policy = Policy {
            level: Level::L0,
            read: Vec::new(),
            write: Vec::new(),
            processes: Processes::Allowed,
            network: Network::Allowed,
            memory: self.memory,
            file_size: FILE,
            // A person's build may use every core for all of its time.
            cpu_seconds: self.limit.as_secs().saturating_mul(64).max(60),
        };
        let scratch = tempfile::tempdir().map_err(|error| format!("failed to make a temporary folder: {error}"))?;
        let mark = scratch.path().as_os_str().to_owned();
        let mut command = Command::from(isolation::command(&policy, &self.program, self.args));
        command.envs(std::env::vars_os()).env(MARK, &mark).env("TMPDIR", scratch.path());
        for (name, value) in self.env {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.current_dir(&self.folder).kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let left = Leftovers { group: child.id(), mark };
        let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let ended = {
            let streams = async {
                tokio::try_join!(read(&mut out, &mut stdout, self.output), read(&mut err, &mut stderr, self.output))
            };
            tokio::pin!(streams);
            let deadline = tokio::time::sleep(self.limit);
            tokio::pin!(deadline);
            let mut open = true;
            let ended = loop {
                tokio::select! {
                    biased;
                    status = child.wait() => break Ended::Exited(status.map_err(|error| error.to_string())?),
                    read = &mut streams, if open => match read {
                        Ok(_) => open = false,
                        Err(Flood) => break Ended::Flooded,
                    },
                    () = &mut deadline => break Ended::TimedOut,
                }
            };
            drop(left);
            if open && ended != Ended::Flooded {
                match tokio::time::timeout(DRAIN, &mut streams).await {
                    Ok(Err(Flood)) => Ended::Flooded,
                    _ => ended,
                }
            } else {
                ended
            }
        };
        if !matches!(ended, Ended::Exited(_)) {
            // It has been signalled; this only waits for it. One that has gone already is no failure.
            let _ = child.kill().await;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (stdout, stderr) = (text(&stdout), text(&stderr));
        if let Some(why) = stderr.lines().find_map(|line| line.strip_prefix(isolation::STAGE_MARK)) {
            return Err(why.to_owned());
        }
        Ok(Finished { ended, stdout, stderr })
    }
}

struct Flood;

async fn read(stream: &mut Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>, most: usize) -> Result<(), Flood> {
    let Some(stream) = stream else { return Ok(()) };
    loop {
        match stream.read_buf(kept).await {
            Ok(0) | Err(_) => return Ok(()),
            Ok(_) if kept.len() > most => return Err(Flood),
            Ok(_) => {}
        }
    }
}

/// The processes of a run, ended when this is dropped.
struct Leftovers {
    group: Option<u32>,
    mark: OsString,
}

impl Drop for Leftovers {
    fn drop(&mut self) {
        if let Some(group) = self.group.and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)) {
            // The group may be empty already.
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
        // One that is being ended may have started another in the meantime.
        for _ in 0..10 {
            if end_marked(&self.mark) == 0 {
                break;
            }
        }
    }
}

/// Ends every process whose environment has the mark; gives how many there were. Where there is no `/proc`, none is seen.
fn end_marked(mark: &OsString) -> usize {
    let wanted = [MARK.as_bytes(), b"=", mark.as_encoded_bytes()].concat();
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    ids.filter(|id| end_if_marked(*id, &wanted).is_some()).count()
}

#[cfg(target_os = "linux")]
fn end_if_marked(id: i32, wanted: &[u8]) -> Option<()> {
    let environment = format!("/proc/{id}/environ");
    let marked =
        || std::fs::read(&environment).ok()?.split(|byte| *byte == 0).any(|entry| entry == wanted).then_some(());
    marked()?;
    // The number may pass to another process at any time; the descriptor cannot.
    let process = rustix::process::pidfd_open(Pid::from_raw(id)?, rustix::process::PidfdFlags::empty()).ok()?;
    marked()?;
    rustix::process::pidfd_send_signal(process, Signal::KILL).ok()
}

#[cfg(not(target_os = "linux"))]
fn end_if_marked(_: i32, _: &[u8]) -> Option<()> {
    None
}
