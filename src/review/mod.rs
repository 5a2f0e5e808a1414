//! A person's own code, read and judged per exit criterion: pass, fail or not assessed, each with its reasons.
//!
//! ```text
//! paths -> files (discovery) -> python/  -> findings -> suppressions, baseline, diff -> report -> output/*
//!                            -> rust/    ->
//!                               processes/ -> cargo's findings, test runs -^
//! rules/*.toml      the table of rules: every word that a person reads about a finding
//! */blocking.toml   calls that block, as data; a project adds its own in `awaitlings.toml`
//! ```
//!
//! From arguments to a report, in three steps that a screen can take one by one:
//!
//! ```text
//! let reading = review::read(&args)?;                 // reads files, starts nothing
//! let said = review::ask(&reading, &args, |_| {}).await;  // cargo, and the tests if wanted; drop it to end them
//! let report = review::conclude(reading, &args, said)?;
//! ```
//!
//! Reading executes nothing. Files that cannot be read are told of, and a criterion that they could speak about is
//! then not assessed rather than passed.

mod baseline;
mod command;
mod config;
mod criterion;
mod depth;
mod diff;
mod excerpt;
mod files;
mod finding;
mod output;
mod processes;
mod python;
mod report;
mod rule;
mod rust;
mod source;
mod suppress;
mod tables;
mod texts;

pub use command::{Exit, Format, ReviewArgs, answer, conclude, print, read, report, run};
pub use criterion::Criterion;
pub use excerpt::CodeLine;
pub use finding::{Finding, Place, Severity};
pub use processes::{CargoSaid, FromProcesses, Longest, TestCounts, TestRun, ask};
pub use report::{CriterionReport, Reason, Report, Verdict};
pub use rule::{Example, Rule, Table, table};

use crate::course::Track;
use config::Config;
use serde::Serialize;
use source::SourceFile;
use std::path::{Path, PathBuf};

/// Something that could not be read or judged, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, as the person named it.
    pub file: String,
    /// Line, from one; one when the whole file is meant.
    pub line: u32,
    /// Column, from one.
    pub column: u32,
    /// What is wrong with it.
    pub text: String,
    /// Whether the code in it was left unread because of this.
    pub unread: bool,
}

impl Problem {
    /// A file that could not be read, for a reason at a byte offset.
    fn at(file: &SourceFile, offset: usize, text: &str) -> Problem {
        let (line, column) = file.line_column(offset);
        Problem { file: file.name.clone(), line, column, text: text.to_owned(), unread: true }
    }

    /// A file or folder that could not even be opened.
    fn whole(path: &Path, text: impl std::fmt::Display) -> Problem {
        let file = path.to_string_lossy().replace('\\', "/");
        Problem { file, line: 1, column: 1, text: text.to_string(), unread: true }
    }
}

/// What was there to look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Async functions.
    pub async_functions: usize,
    /// Async blocks and closures of Rust.
    pub async_blocks: usize,
    /// Async functions that are tests.
    pub async_tests: usize,
    /// Whether the code uses a network or service client.
    pub network: bool,
}

impl Facts {
    /// Whether there is any async code.
    pub fn any_async(&self) -> bool {
        self.async_functions + self.async_blocks > 0
    }

    fn add(&mut self, other: Facts) {
        self.async_functions += other.async_functions;
        self.async_blocks += other.async_blocks;
        self.async_tests += other.async_tests;
        self.network |= other.network;
    }
}

/// What one language's rules say.
#[derive(Debug, Default)]
struct Outcome {
    findings: Vec<Finding>,
    problems: Vec<Problem>,
    facts: Facts,
}

/// What was read, before suppressions, baseline and diff.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    files: Vec<SourceFile>,
    findings: Vec<Finding>,
    problems: Vec<Problem>,
    facts: Facts,
}

/// Reads everything below the paths.
fn read_paths(paths: &[PathBuf], config: &Config) -> Result<Reading, files::Missing> {
    let found = files::discover(paths, config)?;
    Ok(read_sources(found.sources, found.problems, config))
}

/// Reads these sources, on a thread whose stack bears deep trees.
fn read_sources(sources: Vec<SourceFile>, problems: Vec<Problem>, config: &Config) -> Reading {
    const STACK: usize = 512 << 20;
    std::thread::scope(|scope| {
        let work = move || read_here(sources, problems, config);
        match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
            Ok(thread) => thread.join().unwrap_or_else(|_| {
                let text = "this program failed while it read the code; please report it".to_owned();
                let problem = Problem { file: ".".to_owned(), line: 1, column: 1, text, unread: true };
                Reading { problems: vec![problem], ..Reading::default() }
            }),
            Err(error) => {
                let text =
                    format!("failed to start a thread with a large stack: {error}; allow more memory and try again");
                let problem = Problem { file: ".".to_owned(), line: 1, column: 1, text, unread: true };
                Reading { problems: vec![problem], ..Reading::default() }
            }
        }
    })
}

fn read_here(sources: Vec<SourceFile>, mut problems: Vec<Problem>, config: &Config) -> Reading {
    let (python, rust): (Vec<_>, Vec<_>) = sources.into_iter().partition(|file| file.track == Track::Python);
    let mut reading = Reading::default();
    let python_outcome = python::review(&python, &config.python);
    let (rust, rust_outcome) = rust::review(rust, &config.rust);
    for outcome in [python_outcome, rust_outcome] {
        match outcome {
            Ok(outcome) => {
                reading.findings.extend(outcome.findings);
                problems.extend(outcome.problems);
                reading.facts.add(outcome.facts);
            }
            Err(text) => {
                problems.push(Problem { file: config::FILE.to_owned(), line: 1, column: 1, text, unread: true })
            }
        }
    }
    reading.files = python;
    reading.files.extend(rust);
    problems.sort_by(|one, other| (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column)));
    problems.dedup();
    reading.problems = problems;
    reading.findings.sort_by(|one, other| (&one.place, one.rule).cmp(&(&other.place, other.rule)));
    reading.findings.dedup();
    reading
}

/// What reading one text finds: for tests, examples and fuzzing. The name decides about rules that look at file names.
pub fn read_text(name: &str, track: Track, text: &str) -> (Vec<Finding>, Vec<Problem>) {
    let file = SourceFile::new(Path::new(name), track, text.to_owned(), true);
    let mut reading = read_sources(vec![file], Vec::new(), &Config::default());
    let allowed = suppress::apply(&mut reading);
    let mut problems = reading.problems;
    problems.extend(allowed.problems);
    (reading.findings, problems)
}
