//! `awaitlings review`: arguments in, report out. The command line program mounts this as a subcommand.

use super::config::Config;
use super::excerpt::AROUND;
use super::finding::{Finding, Severity};
use super::processes::{self, FromProcesses};
use super::report::Report;
use super::{Reading, baseline, diff, output, suppress};
use crate::course::Language;
use std::io::{self, Write};
use std::path::PathBuf;

/// How long a program that a review starts may take, in seconds.
const TIME_LIMIT: u64 = 300;

/// Read your own Rust and Python code and say, per exit criterion: pass, fail or not assessed, with the reasons.
#[derive(Debug, Clone, clap::Args)]
pub struct ReviewArgs {
    /// Files and folders to read.
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The language of the report.
    #[arg(skip)]
    pub language: Language,
    /// Accept the findings that this file holds.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write today's findings to this file, to be accepted from now on.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// Report only lines that differ from this revision.
    #[arg(long, value_name = "REV")]
    pub diff: Option<String>,
    /// Do not ask cargo for what rustc and clippy say about Rust packages: asking builds them, and so runs their build scripts
    /// and macros.
    #[arg(long)]
    pub no_cargo: bool,
    /// Also run the tests, with cargo and pytest, with your own rights and under limits.
    #[arg(long)]
    pub run_tests: bool,
    /// How long each program that is started may take.
    #[arg(long, value_name = "SECONDS", default_value_t = TIME_LIMIT)]
    pub time_limit: u64,
    /// Look through the report on the whole screen: the code around each finding, and your editor at its place.
    #[arg(long)]
    pub browse: bool,
    /// Leave notes out.
    #[arg(long)]
    pub no_notes: bool,
    /// Print the table of rules.
    #[arg(long)]
    pub rules: bool,
    /// Explain a rule, with a bad and a good example.
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
}

impl Default for ReviewArgs {
    fn default() -> ReviewArgs {
        ReviewArgs {
            paths: vec![PathBuf::from(".")],
            format: Format::default(),
            language: Language::default(),
            baseline: None,
            write_baseline: None,
            diff: None,
            no_cargo: false,
            run_tests: false,
            time_limit: TIME_LIMIT,
            browse: false,
            no_notes: false,
            rules: false,
            explain: None,
        }
    }
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs; versioned, described in the documentation.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// How a review ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// No failure.
    Clean,
    /// Failures.
    Failures,
    /// It could not run.
    CouldNotRun,
}

impl Exit {
    /// The exit code: 0, 1, 2.
    pub fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Failures => 1,
            Exit::CouldNotRun => 2,
        }
    }
}

/// Answers `--rules` and `--explain`; none when the arguments ask for a review.
pub fn answer(args: &ReviewArgs, out: &mut dyn Write) -> io::Result<Option<Exit>> {
    if args.rules {
        output::rules::list(args.language, args.format, out)?;
        return Ok(Some(Exit::Clean));
    }
    let Some(id) = &args.explain else { return Ok(None) };
    match super::rule::table().find(id) {
        Some(rule) => output::rules::explain(rule, args.language, out).map(|()| Some(Exit::Clean)),
        None => {
            writeln!(out, "no rule is called {id}; `awaitlings review --rules` lists them")?;
            Ok(Some(Exit::CouldNotRun))
        }
    }
}

/// Prints a report, or the sentence that says why there is none.
pub fn print(report: &Result<Report, String>, args: &ReviewArgs, out: &mut dyn Write) -> io::Result<Exit> {
    let report = match report {
        Ok(report) => report,
        Err(text) => {
            writeln!(out, "{text}")?;
            return Ok(Exit::CouldNotRun);
        }
    };
    match args.format {
        Format::Human => output::human::write(report, args.language, out)?,
        Format::Json => output::json::write(report, args.language, out)?,
        Format::Sarif => output::sarif::write(report, args.language, out)?,
        Format::Github => output::github::write(report, args.language, out)?,
    }
    Ok(if report.fails() { Exit::Failures } else { Exit::Clean })
}

/// Runs the command by reading alone, with what processes said; gives how it ended.
pub fn run(args: &ReviewArgs, said: FromProcesses, out: &mut dyn Write) -> io::Result<Exit> {
    match answer(args, out)? {
        Some(exit) => Ok(exit),
        None => print(&report(args, said), args, out),
    }
}

/// The report of a review by reading alone, with what processes said, or the sentence that says why there is none.
pub fn report(args: &ReviewArgs, said: FromProcesses) -> Result<Report, String> {
    conclude(read(args)?, args, said)
}

/// Reads the files that the arguments name. Starts no process.
///
/// # Errors
/// A sentence that says why they cannot be read.
pub fn read(args: &ReviewArgs) -> Result<Reading, String> {
    let first = args.paths.first().cloned().unwrap_or_else(|| PathBuf::from("."));
    let config = Config::find(&first).map_err(|error| error.to_string())?;
    super::read_paths(&args.paths, &config).map_err(|error| error.to_string())
}

/// Judges what was read, together with what processes said.
///
/// # Errors
/// A sentence that says why a baseline or a revision cannot be used.
pub fn conclude(mut reading: Reading, args: &ReviewArgs, said: FromProcesses) -> Result<Report, String> {
    if let Some(cargo) = &said.cargo {
        processes::merge(&mut reading, cargo);
    }
    let allowed = suppress::apply(&mut reading);
    let mut report = assemble(reading);
    report.cargo = said.cargo.map(|cargo| cargo.reason());
    report.tests = said.tests;
    report.suppressed = allowed.count;
    report.problems.extend(allowed.problems);
    if let Some(revision) = &args.diff {
        diff::apply(&mut report, revision, &args.paths).map_err(|error| error.to_string())?;
    }
    if args.no_notes {
        let notes = report.findings.extract_if(.., |finding| finding.severity == Severity::Note);
        for note in notes {
            *report.hidden_notes.entry(note.criterion()).or_default() += 1;
        }
    }
    if let Some(path) = &args.write_baseline {
        baseline::write(&report, path).map_err(|error| error.to_string())?;
    }
    if let Some(path) = &args.baseline {
        baseline::apply(&mut report, path).map_err(|error| error.to_string())?;
    }
    report.judge();
    Ok(report)
}

fn assemble(reading: Reading) -> Report {
    let asked: Vec<_> = reading.files.iter().filter(|file| file.asked_for).collect();
    let mut excerpts = std::collections::BTreeMap::new();
    for file in &asked {
        let of: Vec<&Finding> = reading.findings.iter().filter(|finding| finding.place.file == file.name).collect();
        let around = |line: u32| line.saturating_sub(AROUND).max(1)..=line.saturating_add(AROUND);
        let lines = of.iter().flat_map(|finding| around(finding.place.line));
        for line in lines.filter(|line| *line as usize <= file.lines()) {
            excerpts.insert((file.name.clone(), line), file.line(line).to_owned());
        }
    }
    Report {
        files: asked.len(),
        lines: asked.iter().map(|file| file.lines()).sum(),
        findings: reading.findings,
        problems: reading.problems,
        facts: reading.facts,
        excerpts,
        ..Report::default()
    }
}
