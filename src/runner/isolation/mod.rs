//! Keeps what is run away from the rest of the machine.
//!
//! Every program is started through this program itself (`stage`), which gives up what the program must not
//! have and then becomes it. That needs no code between fork and exec, and costs one exec (about 1.5 ms).
//!
//! | level | made of | where |
//! |---|---|---|
//! | L1 | Landlock, seccomp, resource limits, own session, death with the parent | Linux 5.13 and newer |
//! | L0 | own session, resource limits, time-outs | elsewhere |
//!
//! Which level is in force is found by trying, once per program, in a thread that gives its own rights up and ends.

#[cfg(target_os = "linux")]
mod descriptors;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
#[path = "other.rs"]
mod linux;
mod stage;

pub use stage::{FAILED as STAGE_FAILED, MARK as STAGE_MARK, enter};

use crate::course::NetworkUse;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The first argument that makes this program the stage of another.
pub const STAGE: &str = "__isolate";

/// Set to `L0` to do without Landlock and seccomp, for tests and for machines where they misbehave.
pub const LEVEL_VARIABLE: &str = "AWAITLINGS_ISOLATION";

/// How far a program is kept away from the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Limits and time-outs only.
    L0,
    /// And no files but those it needs, no network, no other processes.
    L1,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Level::L0 => "L0",
            Level::L1 => "L1",
        })
    }
}

/// Whether a program may start others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Processes {
    /// It may, as a compiler starts the linker.
    Allowed,
    /// It forks, and takes away from each fork what the fork must not have: [`ForkPolicy`].
    Forks,
    /// It may start threads only.
    ThreadsOnly,
}

/// Whether a program may use the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Network {
    /// No internet sockets at all.
    None,
    /// All of it: Landlock and seccomp cannot tell loopback from the rest.
    Allowed,
}

impl Network {
    /// What the tests of an exercise get.
    pub fn for_tests(wanted: NetworkUse) -> Network {
        match wanted {
            NetworkUse::None => Network::None,
            NetworkUse::Loopback => Network::Allowed,
        }
    }
}

/// What a program may do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Policy {
    /// The level to keep.
    pub level: Level,
    /// Files and folders that it may read and execute.
    pub read: Vec<PathBuf>,
    /// Folders that it may write to.
    pub write: Vec<PathBuf>,
    /// Whether it may start other programs.
    pub processes: Processes,
    /// Whether it may use the network.
    pub network: Network,
    /// Private memory, in bytes. A program that may start threads only gets no other.
    pub memory: u64,
    /// Size of a file that it writes, in bytes.
    pub file_size: u64,
    /// Processor time, in seconds.
    pub cpu_seconds: u64,
}

/// An instruction of a seccomp filter: code, jump if true, jump if false, value.
pub type Instruction = (u16, u8, u8, u32);

/// What a program that runs under [`Processes::Forks`] must give up in each fork before it runs anything
/// else there.
#[derive(Debug, Clone, Serialize)]
pub struct ForkPolicy {
    /// Whether anything is to be given up.
    pub sandbox: bool,
    /// Files and folders that a fork may read.
    pub files: Vec<PathBuf>,
    /// The filter of its system calls.
    pub calls: Vec<Instruction>,
    /// The value that stands for the fork's own id in the filter.
    pub own: u32,
}

impl ForkPolicy {
    /// The policy of forks that read `files` only and start no process.
    ///
    /// # Errors
    /// When the filter cannot be made for this machine.
    pub fn new(level: Level, files: Vec<PathBuf>) -> Result<ForkPolicy, String> {
        // Larger than any process id, and not a number of a system call or a flag.
        const OWN: u32 = 0x7a57_0001;
        let sandbox = level > Level::L0;
        let calls = if sandbox { linux::fork_filter(OWN) } else { Ok(Vec::new()) };
        Ok(ForkPolicy { sandbox, files, calls: calls.map_err(|error| error.to_string())?, own: OWN })
    }
}

/// How this program is started as a stage. Tests that are not this program name it here.
static STAGE_PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the program to use as a stage, where the running program is another one. The first call counts.
pub fn set_stage_program(path: PathBuf) {
    STAGE_PROGRAM.get_or_init(|| path);
}

fn stage_program() -> PathBuf {
    let own = || {
        // Still names the running program when it has been replaced on disk in the meantime.
        let linux = PathBuf::from("/proc/self/exe");
        if linux.exists() { linux } else { std::env::current_exe().unwrap_or_else(|_| PathBuf::from("awaitlings")) }
    };
    STAGE_PROGRAM.get().cloned().unwrap_or_else(own)
}

/// The command that runs `program` under `policy`, with an empty environment.
pub fn command(policy: &Policy, program: &std::path::Path, args: impl IntoIterator<Item = OsString>) -> Command {
    let mut command = Command::new(stage_program());
    command.arg0_name();
    command.arg(STAGE).arg(serde_json::to_string(policy).unwrap_or_default());
    command.arg(std::process::id().to_string()).arg(program).args(args).env_clear();
    command
}

/// Gives the stage a name that people recognise in process lists.
trait Named {
    fn arg0_name(&mut self);
}

impl Named for Command {
    fn arg0_name(&mut self) {
        use std::os::unix::process::CommandExt;
        self.arg0("awaitlings");
    }
}

/// The level that this machine allows, found once by trying it.
pub fn level() -> Level {
    static FOUND: OnceLock<Level> = OnceLock::new();
    *FOUND.get_or_init(|| {
        if std::env::var_os(LEVEL_VARIABLE).is_some_and(|level| level == "L0") {
            return Level::L0;
        }
        let policy = Policy {
            level: Level::L1,
            read: vec![PathBuf::from("/")],
            write: Vec::new(),
            processes: Processes::ThreadsOnly,
            network: Network::None,
            memory: 1 << 30,
            file_size: 0,
            cpu_seconds: 5,
        };
        if linux::can_restrict(policy) { Level::L1 } else { Level::L0 }
    })
}
