//! Calls the compiler, under a policy: for the solution alone, then for the tests against it.

use super::diagnostics::{Diagnostic, MOST, Severity};
use super::harness::BuiltHarness;
use super::set::{BuiltSet, joined};
use super::slot::{SOLUTION, Slot};
use super::toolchain::Toolchain;
use crate::course::{DiskUse, Reach};
use crate::runner::event::{Event, Events};
use crate::runner::isolation::{self, Network, Policy, Processes};
use crate::runner::process::{self, Ended, Job};
use crate::runner::setup::{Doing, SetupError, Step};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc;

/// How long one call of the compiler may take.
const COMPILE_LIMIT: Duration = Duration::from_secs(20);

/// The compiler's private memory, in bytes.
const COMPILE_MEMORY: u64 = 3 << 30;

/// The largest file that the compiler may write, in bytes.
const COMPILE_FILE: u64 = 512 << 20;

/// Where dynamic libraries lie that the compiler and the tests load.
pub(in crate::runner) const SYSTEM_LIBRARIES: [&str; 6] =
    ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"];

/// Where the linker and what it reads may lie.
const SYSTEM_TOOLS: [&str; 6] = ["/usr", "/bin", "/etc/alternatives", "/opt", "/nix", "/Library"];

/// Everything that compiling needs and that stays the same for many solutions.
#[derive(Debug, Clone)]
pub struct Compiler {
    /// The toolchain.
    pub toolchain: Toolchain,
    /// The dependency set.
    pub set: BuiltSet,
    /// The harness, built against the set.
    pub harness: BuiltHarness,
}

/// What a call of the compiler came to.
#[derive(Debug)]
pub struct Compiled {
    /// How it went.
    pub end: CompileEnd,
    /// What it said.
    pub diagnostics: Vec<Diagnostic>,
}

/// How a call of the compiler went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileEnd {
    /// It built what it should.
    Built,
    /// The code has errors.
    Rejected,
    /// It did not end within its limit.
    TimedOut,
    /// It ended without saying what is wrong with the code.
    Broke(String),
}

/// What to compile.
pub(super) struct Unit<'a> {
    /// The crate's name.
    pub name: &'a str,
    /// Its kind: `rlib` or `bin`.
    pub kind: &'a str,
    /// The source, relative to the slot.
    pub source: &'a str,
    /// What diagnostics call the source.
    pub shown: &'a str,
    /// The part of the slot that takes what is built.
    pub part: &'a str,
    /// The file that is built there.
    pub file: &'a str,
    /// Whether incremental state is kept.
    pub incremental: bool,
    /// More arguments.
    pub arguments: Vec<OsString>,
    /// More that may be read.
    pub read: Vec<PathBuf>,
    /// Whether the linker is started.
    pub links: bool,
}

impl Compiler {
    /// Compiles the learner's file, alone, as the crate `solution`.
    ///
    /// # Errors
    /// When the compiler cannot be started or isolated.
    pub async fn solution(&self, slot: &Slot, shown: &str, events: &Events) -> Result<Compiled, SetupError> {
        let unit = Unit {
            name: "solution",
            kind: "rlib",
            source: SOLUTION,
            shown,
            part: "solution",
            file: "libsolution.rlib",
            incremental: true,
            // Nothing is optimised across crates, so nobody would read the bitcode.
            arguments: vec!["-Funsafe_code".into(), "-Cembed-bitcode=no".into()],
            read: Vec::new(),
            links: false,
        };
        self.compile(slot, unit, events).await
    }

    /// Compiles the rewritten hidden tests against the compiled solution.
    ///
    /// # Errors
    /// When the compiler cannot be started or isolated.
    pub async fn tests(&self, slot: &Slot) -> Result<Compiled, SetupError> {
        let solution = slot.part("solution");
        let unit = Unit {
            name: "hidden",
            kind: "bin",
            source: "hidden/hidden.rs",
            shown: "hidden.rs",
            part: "hidden",
            file: "hidden",
            incremental: true,
            arguments: vec![
                "-L".into(),
                joined("dependency=", &solution),
                "--extern".into(),
                joined("solution=", &solution.join("libsolution.rlib")),
            ],
            read: vec![solution],
            links: true,
        };
        self.compile(slot, unit, &Events::default()).await
    }

    /// Compiles an example of a lesson: a program, or a library where it has no `main`.
    ///
    /// # Errors
    /// When the compiler cannot be started or isolated.
    pub async fn example(&self, slot: &Slot, is_program: bool, events: &Events) -> Result<Compiled, SetupError> {
        let (kind, file) = if is_program { ("bin", "example") } else { ("rlib", "libexample.rlib") };
        let unit = Unit {
            name: "example",
            kind,
            source: SOLUTION,
            shown: "example.rs",
            part: "solution",
            file,
            incremental: false,
            arguments: Vec::new(),
            read: Vec::new(),
            links: is_program,
        };
        self.compile(slot, unit, events).await
    }

    /// Compiles a unit in a slot.
    pub(super) async fn compile(&self, slot: &Slot, unit: Unit<'_>, events: &Events) -> Result<Compiled, SetupError> {
        let (watcher, mut seen) = mpsc::unbounded_channel();
        let job = Job {
            // Whatever the compiler starts inherits it.
            stdin: Some(slot.hold().doing(|| Step::TempCrate)?),
            ..self.job(slot, &unit, watcher)
        };
        let mut lines = Lines::default();
        let mut diagnostics = Vec::new();
        let mut take = |line: &str| {
            let found = Diagnostic::parse(line, unit.source, unit.shown).filter(|_| diagnostics.len() < MOST);
            if let Some(diagnostic) = found {
                events.tell(Event::Said(diagnostic.clone()));
                diagnostics.push(diagnostic);
            }
        };
        let running = process::run(job);
        tokio::pin!(running);
        let finished = loop {
            tokio::select! {
                Some(bytes) = seen.recv() => lines.push(&bytes, &mut take),
                finished = &mut running => break finished,
            }
        };
        let finished = finished.doing(|| Step::Compiler)?;
        while let Ok(bytes) = seen.try_recv() {
            lines.push(&bytes, &mut take);
        }
        if let Some(what) = finished.stage_error() {
            return Err(SetupError::Isolation(what));
        }
        let rejected = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        let end = match finished.ended {
            Ended::Exited(status) if status.success() => CompileEnd::Built,
            Ended::Exited(_) if rejected => CompileEnd::Rejected,
            Ended::Exited(status) => {
                let last = finished.stderr.text().lines().rev().find(|line| !line.starts_with('{')).map(str::to_owned);
                CompileEnd::Broke(format!("{status}; {}", last.unwrap_or_default()))
            }
            Ended::Waiting | Ended::Busy => CompileEnd::TimedOut,
            Ended::Flooded => CompileEnd::Broke("it printed more than 16 MiB".to_owned()),
        };
        Ok(Compiled { end, diagnostics })
    }

    fn job(&self, slot: &Slot, unit: &Unit<'_>, watcher: mpsc::UnboundedSender<Vec<u8>>) -> Job {
        let part = slot.part(unit.part);
        let mut args: Vec<OsString> = vec![unit.source.into(), "--crate-name".into(), unit.name.into()];
        args.extend(["--crate-type", unit.kind].map(OsString::from));
        args.extend(
            ["--edition=2024", "--error-format=json", "-Cdebuginfo=0", "-Ccodegen-units=16"].map(OsString::from),
        );
        if unit.incremental {
            args.push(joined("-Cincremental=", &part.join("incremental")));
        }
        args.extend(self.set.arguments());
        args.extend(self.harness.arguments());
        args.extend(unit.arguments.iter().cloned());
        args.extend(["-o".into(), part.join(unit.file).into_os_string()]);
        let toolchain = &self.toolchain;
        let mut read = vec![toolchain.sysroot.clone(), self.set.folder.clone(), self.harness.folder.clone()];
        read.extend(SYSTEM_LIBRARIES.map(PathBuf::from));
        read.extend(unit.read.iter().cloned());
        read.extend([slot.krate().join("src"), part.clone()]);
        if unit.links {
            read.extend(SYSTEM_TOOLS.map(PathBuf::from));
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        Job {
            program: toolchain.rustc(),
            args,
            env: vec![("PATH".into(), path), ("TMPDIR".into(), slot.scratch().into_os_string())],
            folder: slot.folder().to_owned(),
            policy: Policy {
                level: isolation::level(),
                read,
                write: vec![part, slot.scratch()],
                network: Network::None,
                processes: if unit.links { Processes::Allowed } else { Processes::ThreadsOnly },
                memory: COMPILE_MEMORY,
                file_size: COMPILE_FILE,
                cpu_seconds: 2 * COMPILE_LIMIT.as_secs(),
            },
            scratch: false,
            limit: COMPILE_LIMIT,
            stdin: None,
            watcher: Some(watcher),
        }
    }

    /// The job that runs a built test program.
    pub fn test_job(&self, slot_part: &Path, program: PathBuf, limit: Duration, reach: Reach) -> Job {
        let libraries = [self.set.deps(), self.harness.folder.clone(), self.toolchain.std_folder()];
        let search = std::env::join_paths(&libraries).unwrap_or_default();
        let mut read = libraries.to_vec();
        read.extend(SYSTEM_LIBRARIES.map(PathBuf::from));
        // What the blocking oracle asks about its own thread lies there.
        read.extend([program.clone(), PathBuf::from("/proc/self")]);
        let variable = if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
        Job {
            program,
            args: Vec::new(),
            env: vec![(variable.into(), search)],
            folder: slot_part.to_owned(),
            policy: Policy {
                level: isolation::level(),
                read,
                write: Vec::new(),
                processes: Processes::ThreadsOnly,
                network: Network::for_tests(reach.network),
                memory: TEST_MEMORY,
                file_size: TEST_FILE,
                cpu_seconds: 4 * limit.as_secs() + 5,
            },
            scratch: reach.disk == DiskUse::Scratch,
            limit,
            stdin: None,
            watcher: None,
        }
    }
}

/// A test's private memory, in bytes.
const TEST_MEMORY: u64 = 1 << 30;

/// The largest file that a test may write where nothing else stops it, in bytes.
const TEST_FILE: u64 = 16 << 20;

/// Cuts a stream into lines as it comes.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn push(&mut self, mut bytes: &[u8], take: &mut impl FnMut(&str)) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.0.extend_from_slice(&bytes[..end]);
            take(String::from_utf8_lossy(&std::mem::take(&mut self.0)).trim_end());
            bytes = &bytes[end + 1..];
        }
        self.0.extend_from_slice(bytes);
    }
}
