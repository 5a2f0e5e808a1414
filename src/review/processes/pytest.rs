//! pytest, in the person's own environment, with a plugin (`probe.py`) that tells how each test went.
//!
//! The interpreter is the one of the active virtual environment, of `.venv` or `venv` in the project, or on PATH. Where it has no
//! pytest, the one that exercises are judged with is lent to it.

use super::child::{Child, Ended, Finished};
use super::tests_run::{Longest, TestRun};
use crate::course::Course;
use crate::review::report::Reason;
use crate::runner::python::{Interpreter, environment};
use crate::runner::rust::toolchain::on_path;
use crate::runner::{Cache, Events};
use serde::Deserialize;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The plugin's name for `-p`.
const PROBE: &str = "awaitlings_probe";

/// Files that make their folder the root of a project.
const ROOT_MARKS: [&str; 6] = ["pyproject.toml", "pytest.ini", "tox.ini", "setup.cfg", "setup.py", "conftest.py"];

/// The exit code of pytest for a run in which tests failed (its documented `ExitCode.TESTS_FAILED`).
const SOME_FAILED: i32 = 1;

/// The exit code of pytest for a run without tests (`ExitCode.NO_TESTS_COLLECTED`).
const NO_TESTS: i32 = 5;

/// Runs the tests among these paths, or else those of the project that they lie in.
pub async fn run(paths: &[PathBuf], files: &[PathBuf], limit: Duration) -> TestRun {
    match try_run(paths, files, limit).await {
        Ok(run) => run,
        Err(obstacle) => TestRun::not_possible(obstacle),
    }
}

async fn try_run(paths: &[PathBuf], files: &[PathBuf], limit: Duration) -> Result<TestRun, Reason> {
    let failed = |error: &dyn std::fmt::Display| Reason::with("pytest-failed", "text", error);
    let paths: Vec<PathBuf> = paths.iter().filter_map(|path| std::fs::canonicalize(path).ok()).collect();
    let Some(root) = paths.first().map(|path| root_of(path)) else { return Err(Reason::plain("no-python")) };
    let program = interpreter(&root).ok_or_else(|| Reason::plain("no-python"))?;
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    let events = folder.path().join("events");
    std::fs::write(folder.path().join(format!("{PROBE}.py")), include_str!("probe.py"))
        .map_err(|error| failed(&error))?;
    let mut libraries = vec![folder.path().to_owned()];
    if !has_pytest(&program, &root, limit).await? {
        libraries.push(lent_packages(&program).await?);
    }
    libraries.extend(std::env::var_os("PYTHONPATH").iter().flat_map(std::env::split_paths));
    let mut args: Vec<OsString> = ["-m", "pytest", "-q", "-p", PROBE].map(OsString::from).into();
    let mut kept = OsString::from("cache_dir=");
    kept.push(folder.path().join("cache"));
    args.extend(["-o".into(), kept]);
    let are_tests = files.iter().any(|file| is_test(file));
    if are_tests {
        args.extend(paths.iter().map(OsString::from));
    }
    let mut child = Child::new(program.clone(), args, root, limit);
    child.env.extend([
        ("PYTHONPATH", Some(std::env::join_paths(libraries).map_err(|error| failed(&error))?)),
        ("PYTHONDONTWRITEBYTECODE", Some("1".into())),
        ("AWAITLINGS_REVIEW_PROBE", Some(events.clone().into())),
    ]);
    let said = child.run().await.map_err(|error| failed(&error))?;
    let told = std::fs::read_to_string(&events).unwrap_or_default();
    Ok(count(&said, &told, limit))
}

/// Whether pytest would look for tests in a file.
fn is_test(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.ends_with(".py") && (name.starts_with("test_") || name.ends_with("_test.py"))
}

/// The folder of the project: the nearest with a mark, or the path's own.
fn root_of(path: &Path) -> PathBuf {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let is_root = |folder: &&Path| ROOT_MARKS.iter().any(|mark| folder.join(mark).is_file());
    folder.ancestors().find(is_root).unwrap_or(folder).to_owned()
}

fn interpreter(root: &Path) -> Option<PathBuf> {
    let active = std::env::var_os("VIRTUAL_ENV").map(|folder| PathBuf::from(folder).join("bin/python"));
    let own = root.ancestors().flat_map(|folder| [folder.join(".venv/bin/python"), folder.join("venv/bin/python")]);
    active
        .into_iter()
        .chain(own)
        .find(|program| program.is_file())
        .or_else(|| on_path("python3"))
        .or_else(|| on_path("python"))
}

async fn has_pytest(program: &Path, root: &Path, limit: Duration) -> Result<bool, Reason> {
    let args = ["-c", "import pytest"].map(OsString::from).into();
    let asked = Child::new(program.to_owned(), args, root.to_owned(), limit).run().await;
    asked.map(|said| said.succeeded()).map_err(|error| Reason::with("pytest-failed", "text", error))
}

/// The packages of the environment that exercises are judged in, if they suit this interpreter.
async fn lent_packages(program: &Path) -> Result<PathBuf, Reason> {
    let none = Reason::with("no-pytest", "python", program.display());
    let program = program.to_owned();
    let ensured = tokio::task::spawn_blocking(move || {
        let wanted = Interpreter::ask(&program)?;
        let requirements = Course::embedded().ok()?.sets.get("base")?.requirements.clone()?;
        let made = environment::ensure(&Cache::open().ok()?, None, &requirements, &Events::default()).ok()?;
        let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
        let same = minor(&made.interpreter.version) == minor(&wanted.version);
        let packages = format!("venv/lib/python{}/site-packages", minor(&wanted.version)?);
        same.then(|| made.folder.join(packages)).filter(|folder| folder.is_dir())
    });
    ensured.await.ok().flatten().ok_or(none)
}

/// A line that the plugin wrote.
#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Event {
    Test { name: String, outcome: String },
    NeverAwaited { text: String },
    Longest { took_ms: f64, computed_ms: f64, what: String, test: String },
    End { exit: i32 },
}

fn count(said: &Finished, told: &str, limit: Duration) -> TestRun {
    let mut run = TestRun::default();
    let mut end = None;
    for event in told.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        match event {
            Event::Test { name, outcome } => match outcome.as_str() {
                "passed" => run.counts.passed += 1,
                "skipped" => run.counts.skipped += 1,
                _ => run.failed(name),
            },
            Event::NeverAwaited { text } => {
                if !run.never_awaited.contains(&text) {
                    run.never_awaited.push(text);
                }
            }
            Event::Longest { took_ms, computed_ms, what, test } => {
                run.longest_callback = Some(Longest { took_ms, computed_ms, what, test });
            }
            Event::End { exit } => end = Some(exit),
        }
    }
    match said.ended {
        Ended::TimedOut => run.faults.push(Reason::with("tests-timed-out", "seconds", limit.as_secs())),
        Ended::Flooded => run.faults.push(Reason::plain("tests-flooded")),
        Ended::Exited(status) => match status.code().filter(|code| Some(*code) == end) {
            Some(0 | SOME_FAILED) if run.counts.total() > 0 => {}
            Some(0 | NO_TESTS) => run.obstacles.push(Reason::with("reason-zero-ran", "tool", "pytest")),
            // Usage errors, and programs that end before pytest can tell.
            _ if run.counts.total() == 0 => run.obstacles.push(Reason::with("pytest-failed", "text", last_words(said))),
            _ => run.faults.push(Reason::with("tests-crashed", "how", status)),
        },
    }
    run
}

/// The last line that says something.
fn last_words(said: &Finished) -> String {
    let mut lines = said.stdout.lines().chain(said.stderr.lines()).filter(|line| !line.trim().is_empty());
    let line = lines.next_back().unwrap_or("it said nothing").trim();
    crate::runner::output::harmless(line)
}
