//! Runs an example of a lesson: a whole program, under the same limits as a solution.

use super::Runner;
use super::event::{Event, Events};
use super::isolation::{self, Network, Policy, Processes};
use super::output::Printed;
use super::process::{self, Ended, Job};
use super::rust::build::{CompileEnd, Compiler, SYSTEM_LIBRARIES};
use super::rust::diagnostics::Diagnostic;
use super::rust::slot::{SOLUTION, Slot};
use super::setup::{Doing, SetupError, Step};
use crate::course::{Course, NetworkUse, Reach};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The dependency set of examples that name no other.
pub const BASE_SET: &str = "base";

/// How long an example may run.
const LIMIT: Duration = Duration::from_secs(10);

/// An example's private memory, in bytes.
const MEMORY: u64 = 1 << 30;

/// The largest file that an example may write, in bytes: a semaphore of a process pool.
const EXAMPLE_FILE: u64 = 64 * 1024;

/// How far an example is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// It is only built.
    Build,
    /// It is run.
    Run,
}

/// What came of an example.
#[derive(Debug, Clone)]
pub struct Example {
    /// What the compiler said.
    pub diagnostics: Vec<Diagnostic>,
    /// How it went.
    pub end: ExampleEnd,
    /// What it printed, in the order in which it came.
    pub printed: Vec<Printed>,
}

impl Example {
    /// What it printed, as one text.
    pub fn output(&self) -> String {
        self.printed.iter().map(|line| format!("{}\n", line.text)).collect()
    }
}

/// How an example went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExampleEnd {
    /// It did not compile.
    Rejected,
    /// It was built and not to be run.
    Built,
    /// It ran to its end, well.
    Ended,
    /// It ran and ended with an error.
    Failed,
    /// It did not end in time.
    TimedOut,
}

impl ExampleEnd {
    /// Whether nothing went wrong.
    pub fn is_good(&self) -> bool {
        matches!(self, ExampleEnd::Built | ExampleEnd::Ended)
    }
}

impl Runner {
    /// Builds and runs a Rust example. One without `fn main` is a library and only built.
    ///
    /// # Errors
    /// When something other than the example keeps it from being run.
    pub async fn rust_example(&self, compiler: &Compiler, source: &str, extent: Extent) -> Result<Example, SetupError> {
        let slot = Slot::open(&self.cache, "example").doing(|| Step::TempCrate)?;
        fs::write(slot.folder().join(SOLUTION), source).doing(|| Step::TempCrate)?;
        self.events.tell(Event::Compiling);
        let is_program = has_main(source);
        let compiled = compiler.example(&slot, is_program, &Events::default()).await?;
        let built = |end| Example { diagnostics: compiled.diagnostics.clone(), end, printed: Vec::new() };
        match compiled.end {
            CompileEnd::Built if extent == Extent::Build || !is_program => return Ok(built(ExampleEnd::Built)),
            CompileEnd::Built => {}
            CompileEnd::Rejected | CompileEnd::Broke(_) => return Ok(built(ExampleEnd::Rejected)),
            CompileEnd::TimedOut => return Ok(built(ExampleEnd::TimedOut)),
        }
        let part = slot.part("solution");
        // Examples are the course's own text, and some are servers.
        let reach = Reach { network: NetworkUse::Loopback, ..Reach::default() };
        let job = compiler.test_job(&part, part.join("example"), LIMIT, reach);
        let (end, printed) = run(job).await?;
        Ok(Example { diagnostics: compiled.diagnostics, end, printed })
    }

    /// Runs a Python example, in the environment that solutions are judged in.
    ///
    /// # Errors
    /// When there is no Python, or something other than the example keeps it from being run.
    pub async fn python_example(
        &self,
        course: &Course,
        set: &str,
        source: &str,
        extent: Extent,
    ) -> Result<Example, SetupError> {
        let python = self.python.environment(&self.cache, course, set, &self.events).await?;
        let folder = tempfile::tempdir().doing(|| Step::Example)?;
        let file = folder.path().join("example.py");
        fs::write(&file, source).doing(|| Step::Example)?;
        let mut read: Vec<PathBuf> = SYSTEM_LIBRARIES.map(PathBuf::from).to_vec();
        read.extend([python.interpreter.prefix.clone(), python.folder.clone(), folder.path().to_owned()]);
        read.extend(["/usr/share/zoneinfo", "/proc/self", "/dev/urandom"].map(PathBuf::from));
        let args = match extent {
            // Unbuffered, so that each line comes when it is printed.
            Extent::Run => vec!["-I".into(), "-B".into(), "-u".into(), file.into_os_string()],
            Extent::Build => {
                let check = "import ast,sys; ast.parse(open(sys.argv[1], encoding='utf-8').read(), 'example.py')";
                vec!["-I".into(), "-B".into(), "-c".into(), check.into(), file.into_os_string()]
            }
        };
        let policy = Policy {
            level: isolation::level(),
            read,
            // Where Python's process pools keep their semaphores.
            write: vec![PathBuf::from("/dev/shm")],
            processes: Processes::Allowed,
            network: Network::Allowed,
            memory: MEMORY,
            file_size: EXAMPLE_FILE,
            cpu_seconds: 4 * LIMIT.as_secs(),
        };
        let env = vec![("PYTHONIOENCODING".into(), "utf-8".into()), ("PYTHONUTF8".into(), "1".into())];
        let program = python.program();
        let job = Job {
            program,
            args,
            env,
            folder: folder.path().to_owned(),
            policy,
            scratch: false,
            limit: LIMIT,
            stdin: None,
            watcher: None,
        };
        let (end, printed) = run(job).await?;
        let end = if extent == Extent::Build && end == ExampleEnd::Ended { ExampleEnd::Built } else { end };
        Ok(Example { diagnostics: Vec::new(), end, printed })
    }
}

async fn run(job: Job) -> Result<(ExampleEnd, Vec<Printed>), SetupError> {
    let finished = process::run(job).await.doing(|| Step::Example)?;
    if let Some(what) = finished.stage_error() {
        return Err(SetupError::Isolation(what));
    }
    let end = match finished.ended {
        Ended::Exited(status) if status.success() => ExampleEnd::Ended,
        Ended::Exited(_) | Ended::Flooded => ExampleEnd::Failed,
        Ended::Waiting | Ended::Busy => ExampleEnd::TimedOut,
    };
    let mut printed = [finished.stdout.printed(), finished.stderr.printed()].concat();
    printed.sort_by_key(|line| line.at);
    Ok((end, printed))
}

/// Whether the program has a `main` of its own at the top.
fn has_main(source: &str) -> bool {
    let is_main = |item: &syn::Item| matches!(item, syn::Item::Fn(function) if function.sig.ident == "main");
    match syn::parse_file(source) {
        Ok(file) => file.items.iter().any(is_main),
        Err(_) => source.contains("fn main("),
    }
}
