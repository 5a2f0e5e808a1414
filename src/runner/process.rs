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
const DRAIN: Duration = Duration::from_millis(50);

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
pub async fn run(job: Job) -> std::io::Result<Finished> {
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
        let out = child.stdout.take();
        let err = child.stderr.take();
        let streams = async { tokio::join!(read(out, &mut stdout, None), read(err, &mut stderr, job.watcher)) };
        tokio::pin!(streams);
        let deadline = tokio::time::sleep(job.limit);
        tokio::pin!(deadline);
        let mut open = true;
        let ended = loop {
            tokio::select! {
                status = child.wait() => break Ended::Exited(status?),
                flooded = &mut streams, if open => match flooded {
                    (Stream::Flooded, _) | (_, Stream::Flooded) => break Ended::Flooded,
                    (Stream::Ended, Stream::Ended) => open = false,
                },
                () = &mut deadline => break group.at_limit(started.elapsed()),
            }
        };
        group.kill();
        // What was printed before the end is still in the pipes; who holds them longer is not waited for.
        let rest = if open { tokio::time::timeout(DRAIN, &mut streams).await.ok() } else { None };
        match rest {
            Some((Stream::Flooded, _) | (_, Stream::Flooded)) => Ended::Flooded,
            _ => ended,
        }
    };
    if !matches!(ended, Ended::Exited(_)) {
        child.kill().await?;
    }
    Ok(Finished { ended, stdout, stderr, took: started.elapsed() })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Ended,
    Flooded,
}

async fn read(
    stream: Option<impl AsyncRead + Unpin>,
    capture: &mut Capture,
    watcher: Option<mpsc::UnboundedSender<Vec<u8>>>,
) -> Stream {
    let Some(mut stream) = stream else { return Stream::Ended };
    let mut buffer = vec![0; 16 * 1024];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return Stream::Ended,
            Ok(count) => {
                capture.push(&buffer[..count]);
                if let Some(watcher) = &watcher {
                    // A watcher that has gone misses nothing that it still wants.
                    let _ = watcher.send(buffer[..count].to_vec());
                }
                if capture.is_flood() {
                    return Stream::Flooded;
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

    /// Tells waiting from computing by the processor time used so far.
    fn at_limit(&self, elapsed: Duration) -> Ended {
        let used = self.0.get().and_then(|pid| processor_seconds(pid.as_raw_nonzero().get()));
        match used {
            Some(used) if used >= elapsed.as_secs_f64() * BUSY_SHARE => Ended::Busy,
            _ => Ended::Waiting,
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
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
