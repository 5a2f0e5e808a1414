//! Runs one program under a policy and a time limit, and leaves nothing behind.

use super::isolation::{self, Policy, STAGE_FAILED, STAGE_MARK};
use super::output::Capture;
use rustix::process::Pid;
use std::cell::Cell;
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// How long a stream may stay open after its program has ended, because a program that it started holds it.
pub(super) const DRAIN: Duration = Duration::from_millis(50);

/// The share of its time that a program must compute to count as busy rather than waiting.
const BUSY_SHARE: f64 = 0.5;

/// A program to run.
#[derive(Debug)]
pub struct Job {
    /// The program, by absolute path.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Its environment; nothing else is inherited.
    pub env: Vec<(OsString, OsString)>,
    /// The folder it starts in.
    pub folder: PathBuf,
    /// What it may do.
    pub policy: Policy,
    /// Whether it gets an empty folder to write to, named by `TMPDIR` and removed when it has ended.
    pub scratch: bool,
    /// How long it may take.
    pub limit: Duration,
    /// Its standard input; nothing to read where there is none.
    pub stdin: Option<OwnedFd>,
    /// Who is shown its error stream as it comes.
    pub watcher: Option<mpsc::UnboundedSender<Vec<u8>>>,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself, or by a signal that it caused.
    Exited(ExitStatus),
    /// It was ended at its time limit, having mostly waited.
    Waiting,
    /// It was ended at its time limit, having mostly computed.
    Busy,
    /// It was ended because it printed more than [`super::output::FLOOD`].
    Flooded,
}

/// What is known about a program that has ended.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub ended: Ended,
    /// What it printed.
    pub stdout: Capture,
    /// What it printed as errors.
    pub stderr: Capture,
    /// How long it ran.
    pub took: Duration,
}

impl Finished {
    /// What kept the program from being started at all.
    pub fn stage_error(&self) -> Option<String> {
        let failed = matches!(self.ended, Ended::Exited(status) if status.code() == Some(i32::from(STAGE_FAILED)));
        let text = self.stderr.text();
        failed.then(|| text.lines().find_map(|line| line.strip_prefix(STAGE_MARK)).map(str::to_owned)).flatten()
    }
}

/// Runs a program to its end or its limit. Dropping the future ends the program and all of its group.
///
/// # Errors
/// When the stage cannot be started.
pub async fn run(mut job: Job) -> std::io::Result<Finished> {
    let scratch = if job.scratch { Some(tempfile::tempdir()?) } else { None };
    if let Some(scratch) = &scratch {
        job.policy.write.push(scratch.path().to_owned());
        job.env.push(("TMPDIR".into(), scratch.path().into()));
    }
    let mut command = Command::from(isolation::command(&job.policy, &job.program, job.args));
    command.envs(job.env).current_dir(&job.folder).kill_on_drop(true);
    command.stdin(job.stdin.map_or_else(Stdio::null, Stdio::from));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn()?;
    drop(command);
    let group = Group::of(&child);
    let (mut stdout, mut stderr) = (Capture::default(), Capture::default());
    let ended = {
        // They stay open until the program is ended: one that writes to a closed pipe would fail of that instead.
        let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
        let streams =
            async { tokio::try_join!(read(&mut out, &mut stdout, None), read(&mut err, &mut stderr, job.watcher)) };
        tokio::pin!(streams);
        let deadline = tokio::time::sleep(job.limit);
        tokio::pin!(deadline);
        let mut open = true;
        let ended = loop {
            tokio::select! {
                // A program that has ended in time has ended, however late that is noticed on a busy machine.
                biased;
                status = child.wait() => break Ended::Exited(status?),
                read = &mut streams, if open => match read {
                    Ok(_) => open = false,
                    Err(Flood) => break Ended::Flooded,
                },
                () = &mut deadline => break group.at_limit(started.elapsed()),
            }
        };
        group.kill();
        // What was printed before the end is still in the pipes; who holds them longer is not waited for.
        let unread = open && ended != Ended::Flooded;
        let rest = if unread { tokio::time::timeout(DRAIN, &mut streams).await.ok() } else { None };
        if let Some(Err(Flood)) = rest { Ended::Flooded } else { ended }
    };
    if !matches!(ended, Ended::Exited(_)) {
        child.kill().await?;
    }
    Ok(Finished { ended, stdout, stderr, took: started.elapsed() })
}

/// More came than anyone may print.
pub(super) struct Flood;

/// Reads a stream to its end.
pub(super) async fn read(
    stream: &mut Option<impl AsyncRead + Unpin>,
    capture: &mut Capture,
    watcher: Option<mpsc::UnboundedSender<Vec<u8>>>,
) -> Result<(), Flood> {
    let Some(stream) = stream else { return Ok(()) };
    let mut buffer = vec![0; 16 * 1024];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return Ok(()),
            Ok(count) => {
                capture.push(&buffer[..count]);
                if let Some(watcher) = &watcher {
                    // A watcher that has gone misses nothing that it still wants.
                    let _ = watcher.send(buffer[..count].to_vec());
                }
                if capture.is_flood() {
                    return Err(Flood);
                }
            }
        }
    }
}

/// The processes of a job: its session's group. Killed when dropped, at the latest.
struct Group(Cell<Option<Pid>>);

impl Group {
    fn of(child: &Child) -> Group {
        Group(Cell::new(child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?))))
    }

    /// Ends all of the group, once: later the number may belong to somebody else.
    fn kill(&self) {
        if let Some(group) = self.0.take() {
            // The group may be empty already. Until the stage has made it, kill_on_drop covers the one
            // process there is.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }

    fn at_limit(&self, elapsed: Duration) -> Ended {
        at_limit(self.0.get().map(|pid| pid.as_raw_nonzero().get()), elapsed)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Tells waiting from computing by the processor time that a process used so far, and waited for on a busy machine.
pub(super) fn at_limit(pid: Option<i32>, elapsed: Duration) -> Ended {
    let wanted = pid.and_then(|pid| Some(processor_seconds(pid)? + queued_seconds(pid)));
    match wanted {
        Some(wanted) if wanted >= elapsed.as_secs_f64() * BUSY_SHARE => Ended::Busy,
        _ => Ended::Waiting,
    }
}

/// Processor time of a process, in seconds, where the system tells (proc_pid_stat(5), fields 14 and 15).
fn processor_seconds(pid: i32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let ticks: f64 = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    Some(ticks / rustix::param::clock_ticks_per_second() as f64)
}

/// How long a process's threads were ready to run while others had the processors, in seconds (the second figure
/// of /proc/PID/task/TID/schedstat, in nanoseconds); nothing where the system does not tell.
fn queued_seconds(pid: i32) -> f64 {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let texts = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    texts.filter_map(|text| text.split_whitespace().nth(1)?.parse::<f64>().ok()).sum::<f64>() / 1e9
}
