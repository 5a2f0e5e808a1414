//! The fork server, from the runner's side: a Python that has imported pytest once and forks for each test.
//!
//! `server/__main__.py` is the other side and draws the way of a test.

use super::environment::Environment;
use super::library::{Library, PACKAGE};
use crate::course::{DiskUse, NetworkUse, Reach};
use crate::runner::isolation::{self, ForkPolicy, Network, Policy, Processes, STAGE_MARK};
use crate::runner::output::harmless;
use crate::runner::rust::build::SYSTEM_LIBRARIES;
use crate::runner::setup::{Doing, SetupError, Step};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags};
use serde::Serialize;
use std::fs::File;
use std::io::{IoSlice, Read, Seek, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream as StdStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::AsyncReadExt;

/// How long the server may take to start, on a slow machine without bytecode.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How long the server may take to accept work; it does nothing but fork.
const SEND_LIMIT: Duration = Duration::from_secs(5);

/// Private memory of the server and of each test, in bytes.
const MEMORY: u64 = 1 << 30;

/// The largest file that a test may write where nothing else stops it, in bytes.
const LARGEST_FILE: u64 = 16 << 20;

/// The server's own processor time, in seconds: a day's use. Each fork limits itself much further.
const SERVER_SECONDS: u64 = 3_600;

/// Where kinds of files may be listed (`mimetypes.knownfiles`): a web server in Python reads each that is there.
const MIME_TYPES: [&str; 8] = [
    "/etc/mime.types",
    "/etc/httpd/mime.types",
    "/etc/httpd/conf/mime.types",
    "/etc/apache/mime.types",
    "/etc/apache2/mime.types",
    "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/lib/netscape/mime.types",
    "/usr/local/etc/mime.types",
];

/// What one test needs.
#[derive(Debug, Clone, Serialize)]
pub struct Work<'a> {
    /// The test's name.
    pub test: &'a str,
    /// What its records must carry.
    pub nonce: &'a str,
    /// The hidden tests.
    pub hidden: &'a str,
    /// The learner's text.
    pub solution: &'a str,
    /// Where the learner's text is tests: what they are run against.
    pub subject: Option<SubjectWork<'a>>,
    /// What the learner calls the file.
    pub shown: &'a str,
    /// An empty folder that it may write to, where it may write at all.
    pub scratch: Option<&'a Path>,
    /// Processor time that the test may use, in seconds.
    pub cpu_seconds: u64,
}

/// What tests written by the learner are run against.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SubjectWork<'a> {
    /// The module of the package `subject` that it becomes.
    pub module: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// The other ends of what a test's process is connected to.
#[derive(Debug)]
pub struct Ends {
    /// Tells of the process; closing our end ends it.
    pub supervision: OwnedFd,
    /// Takes records.
    pub channel: OwnedFd,
    /// Takes what it prints.
    pub stdout: OwnedFd,
    /// Takes what it prints as errors.
    pub stderr: OwnedFd,
}

/// A running server. Dropping it ends it and every test that it runs.
#[derive(Debug)]
pub struct Server {
    control: Mutex<Option<StdStream>>,
    process: Mutex<Child>,
    /// Where its tests' scratch folders lie, where they have any.
    scratch: Option<TempDir>,
}

impl Server {
    /// Starts a server and waits until it is ready. Starts the process on the calling thread, whose end would end it.
    ///
    /// # Errors
    /// When it does not start; the error tells what it said.
    pub async fn start(environment: &Environment, library: &Library, reach: Reach) -> Result<Server, SetupError> {
        let io = || Step::StartingPython;
        let (control, theirs) = StdStream::pair().doing(io)?;
        let mut said = tempfile::tempfile().doing(io)?;
        let scratch = match reach.disk {
            DiskUse::None => None,
            DiskUse::Scratch => Some(tempfile::tempdir().doing(io)?),
        };
        let process = spawn(environment, library, reach, scratch.as_ref().map(TempDir::path), theirs, &said)?;
        let server = Server { control: Mutex::new(None), process: Mutex::new(process), scratch };
        control.set_nonblocking(true).doing(io)?;
        let answer = control.try_clone().doing(io)?;
        let mut answer = tokio::net::UnixStream::from_std(answer).doing(io)?;
        let mut ready = [0; 6];
        match tokio::time::timeout(START_LIMIT, answer.read_exact(&mut ready)).await {
            Ok(Ok(_)) if ready == *b"ready\n" => {}
            _ => return Err(not_started(&mut said)),
        }
        drop(answer);
        control.set_nonblocking(false).doing(io)?;
        control.set_write_timeout(Some(SEND_LIMIT)).doing(io)?;
        *server.control.lock().unwrap_or_else(PoisonError::into_inner) = Some(control);
        Ok(server)
    }

    /// An empty folder that one test may write to, removed when it is dropped; none where tests may not write.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn scratch(&self) -> std::io::Result<Option<TempDir>> {
        self.scratch.as_ref().map(|all| tempfile::tempdir_in(all.path())).transpose()
    }

    /// Whether it still runs and takes work.
    pub fn is_alive(&self) -> bool {
        let open = self.control.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        open && matches!(process.try_wait(), Ok(None))
    }

    /// Gives it no more work: it has ended, or is about to. The system may call a process that was killed running for a
    /// moment more.
    pub fn retire(&self) {
        *self.control.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Hands a test over.
    ///
    /// # Errors
    /// When the server does not take it. It is of no use any more then.
    pub fn send(&self, work: &Work<'_>, ends: Ends) -> std::io::Result<()> {
        let body = serde_json::to_vec(work)?;
        let mut control = self.control.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = control.as_mut() else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
        let sent = send(open, &body, &ends);
        if sent.is_err() {
            // Half a message may have been sent, so there cannot be another.
            *control = None;
        }
        sent
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Ok(None) = process.try_wait() {
            // Its forks end with it: each is tied to it, or, where that is not possible, is in its group.
            let group = i32::try_from(process.id()).ok().and_then(rustix::process::Pid::from_raw);
            group.map(|group| rustix::process::kill_process_group(group, rustix::process::Signal::KILL));
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

fn send(control: &mut StdStream, body: &[u8], ends: &Ends) -> std::io::Result<()> {
    let header = (body.len() as u64).to_be_bytes();
    let descriptors: [BorrowedFd<'_>; 4] =
        [&ends.supervision, &ends.channel, &ends.stdout, &ends.stderr].map(AsFd::as_fd);
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(4))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    if !ancillary.push(SendAncillaryMessage::ScmRights(&descriptors)) {
        return Err(std::io::Error::other("too many descriptors for one message"));
    }
    let sent = rustix::net::sendmsg(&*control, &[IoSlice::new(&header)], &mut ancillary, SendFlags::NOSIGNAL)?;
    control.write_all(&header[sent..])?;
    control.write_all(body)
}

fn spawn(
    environment: &Environment,
    library: &Library,
    reach: Reach,
    scratch: Option<&Path>,
    control: StdStream,
    said: &File,
) -> Result<Child, SetupError> {
    let io = || Step::StartingPython;
    let mut files: Vec<PathBuf> = SYSTEM_LIBRARIES.map(PathBuf::from).to_vec();
    files.extend([environment.interpreter.prefix.clone(), environment.interpreter.program.clone()]);
    files.extend([environment.folder.clone(), library.folder.clone()]);
    files.extend(["/usr/share/zoneinfo", "/dev/urandom"].map(PathBuf::from));
    if reach.network == NetworkUse::Loopback {
        files.extend(MIME_TYPES.map(PathBuf::from));
    }
    let level = isolation::level();
    // A fork reads about itself only; which number it will have is not known yet.
    let own = [files.as_slice(), &[PathBuf::from("/proc/self")]].concat();
    let forks = ForkPolicy::new(level, own).map_err(SetupError::Isolation)?;
    let policy = Policy {
        level,
        read: [files.as_slice(), &[PathBuf::from("/proc")]].concat(),
        write: scratch.map(Path::to_owned).into_iter().collect(),
        processes: Processes::Forks,
        network: Network::for_tests(reach.network),
        memory: MEMORY,
        file_size: LARGEST_FILE,
        cpu_seconds: SERVER_SECONDS,
    };
    let start = format!("import sys; sys.path.insert(0, {}); import {PACKAGE}.__main__", quoted(&library.folder));
    let setup = serde_json::to_string(&forks).unwrap_or_default();
    let args = ["-s", "-P", "-B", "-X", "utf8", "-c", &start, &setup].map(Into::into);
    let mut command = isolation::command(&policy, &environment.program(), args);
    // The same order of sets in every run, so that the same solution does the same.
    command.env("PYTHONHASHSEED", "0").env("LANG", "C.UTF-8").current_dir(&library.folder);
    command.stdin(OwnedFd::from(control)).stdout(Stdio::null()).stderr(said.try_clone().doing(io)?);
    command.spawn().doing(io)
}

/// A path as a string of Python.
fn quoted(path: &Path) -> String {
    serde_json::to_string(&path.to_string_lossy()).unwrap_or_default()
}

fn not_started(said: &mut File) -> SetupError {
    let mut text = String::new();
    let read = said.rewind().and_then(|()| said.read_to_string(&mut text));
    if read.is_err() || text.trim().is_empty() {
        "it ended or stood still without a word".clone_into(&mut text);
    }
    if let Some(what) = text.lines().find_map(|line| line.strip_prefix(STAGE_MARK)) {
        return SetupError::Isolation(harmless(what));
    }
    let lines: Vec<&str> = text.lines().collect();
    SetupError::PythonServer(harmless(&lines[lines.len().saturating_sub(6)..].join("\n")))
}
