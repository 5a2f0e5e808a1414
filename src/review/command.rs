//! `awaitlings review`: arguments in, report out. The command line program mounts this as a subcommand.

use super::config::Config;
use super::finding::{Finding, Severity};
use super::report::Report;
use super::run_tests::TestCounts;
use super::{Reading, baseline, diff, output, suppress};
use crate::course::Language;
use std::io::{self, Write};
use std::path::PathBuf;

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
    /// Also ask cargo for what rustc and clippy say; that builds the code, and so runs its build scripts.
    #[arg(long)]
    pub cargo: bool,
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
            cargo: false,
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

/// What processes said, when the caller ran them: this module starts none that execute the reviewed code.
#[derive(Debug, Default)]
pub struct FromProcesses {
    /// What `cargo clippy --message-format=json` printed.
    pub cargo: Option<String>,
    /// The counted result of the test run.
    pub tests: Option<TestCounts>,
}

/// Runs the command and gives how it ended. Errors that a person can meet are written to `out`.
pub fn run(args: &ReviewArgs, processes: FromProcesses, out: &mut dyn Write) -> io::Result<Exit> {
    if args.rules {
        output::rules::list(args.language, args.format, out)?;
        return Ok(Exit::Clean);
    }
    if let Some(id) = &args.explain {
        return match super::rule::table().find(id) {
            Some(rule) => output::rules::explain(rule, args.language, out).map(|()| Exit::Clean),
            None => {
                writeln!(out, "no rule is called {id}; `awaitlings review --rules` lists them")?;
                Ok(Exit::CouldNotRun)
            }
        };
    }
    let report = match report(args, processes) {
        Ok(report) => report,
        Err(text) => {
            writeln!(out, "{text}")?;
            return Ok(Exit::CouldNotRun);
        }
    };
    match args.format {
        Format::Human => output::human::write(&report, args.language, out)?,
        Format::Json => output::json::write(&report, args.language, out)?,
        Format::Sarif => output::sarif::write(&report, args.language, out)?,
        Format::Github => output::github::write(&report, args.language, out)?,
    }
    Ok(if report.fails() { Exit::Failures } else { Exit::Clean })
}

/// The report of a review, or the sentence that says why there is none.
pub fn report(args: &ReviewArgs, processes: FromProcesses) -> Result<Report, String> {
    let first = args.paths.first().cloned().unwrap_or_else(|| PathBuf::from("."));
    let config = Config::find(&first).map_err(|error| error.to_string())?;
    let mut reading = super::read(&args.paths, &config).map_err(|error| error.to_string())?;
    if let Some(printed) = processes.cargo {
        super::cargo::merge(&mut reading.findings, super::cargo::findings(&printed));
    }
    let allowed = suppress::apply(&mut reading);
    let mut report = assemble(reading, processes.tests);
    report.suppressed = allowed.count;
    report.problems.extend(allowed.problems);
    if let Some(revision) = &args.diff {
        diff::apply(&mut report, revision, &args.paths).map_err(|error| error.to_string())?;
    }
    if args.no_notes {
        report.findings.retain(|finding| finding.severity > Severity::Note);
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

fn assemble(reading: Reading, tests: Option<TestCounts>) -> Report {
    let asked: Vec<_> = reading.files.iter().filter(|file| file.asked_for).collect();
    let mut excerpts = std::collections::BTreeMap::new();
    for file in &asked {
        let of: Vec<&Finding> = reading.findings.iter().filter(|finding| finding.place.file == file.name).collect();
        for line in of.iter().map(|finding| finding.place.line) {
            excerpts.insert((file.name.clone(), line), file.line(line).to_owned());
        }
    }
    Report {
        files: asked.len(),
        lines: asked.iter().map(|file| file.lines()).sum(),
        findings: reading.findings,
        problems: reading.problems,
        facts: reading.facts,
        tests,
        excerpts,
        ..Report::default()
    }
}
