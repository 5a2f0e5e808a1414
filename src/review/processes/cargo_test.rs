//! `cargo test`: first built, then run; what libtest prints is counted.

use super::child::{Ended, Finished};
use super::packages::{self, Place, Workspace};
use super::tests_run::TestRun;
use crate::review::report::Reason;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// Private memory of a test program, in bytes.
const MEMORY: u64 = 4 << 30;

/// Runs the tests of the packages that the files belong to.
pub async fn run(files: &[PathBuf], limit: Duration) -> TestRun {
    let workspaces = match packages::of(files, limit).await {
        Ok(workspaces) if workspaces.is_empty() => return TestRun::not_possible(Reason::plain("no-package")),
        Ok(workspaces) => workspaces,
        Err(obstacle) => return TestRun::not_possible(obstacle),
    };
    let mut all = TestRun::default();
    for workspace in workspaces {
        all.add(match run_workspace(&workspace, limit).await {
            Ok(run) => run,
            Err(obstacle) => TestRun::not_possible(obstacle),
        });
    }
    if all.counts.total() == 0 && all.faults.is_empty() && all.obstacles.is_empty() {
        all.obstacles.push(Reason::with("reason-zero-ran", "tool", "cargo test"));
    }
    all
}

async fn run_workspace(workspace: &Workspace, limit: Duration) -> Result<TestRun, Reason> {
    let place = Place::of(workspace).await.map_err(|error| packages::failed(error.to_string()))?;
    let cargo = |more: &[&str]| {
        let mut args: Vec<OsString> = ["test", "--quiet", "--tests"].map(OsString::from).into();
        args.extend(more.iter().map(OsString::from));
        args.extend(workspace.packages.iter().flat_map(|id| [OsString::from("--package"), OsString::from(id)]));
        let mut child = packages::cargo(args, workspace.root.clone(), limit)?;
        child.env.push(("CARGO_TARGET_DIR", Some(place.target.clone().into())));
        child.env.push(("CARGO_TERM_COLOR", Some("never".into())));
        Ok(child)
    };
    let built = cargo(&["--no-run", "--message-format=json"])?.run().await.map_err(packages::failed)?;
    if !built.succeeded() {
        let rejected = built.stdout.lines().any(|line| line.contains(r#""level":"error""#));
        let reason = packages::complaint(&built, limit);
        return match (built.ended, rejected) {
            (Ended::Exited(_), true) => {
                Ok(TestRun { faults: vec![Reason::plain("tests-do-not-compile")], ..TestRun::default() })
            }
            _ => Err(reason),
        };
    }
    let mut tests = cargo(&["--no-fail-fast"])?;
    tests.memory = MEMORY;
    tests.output = crate::runner::output::FLOOD;
    let said = tests.run().await.map_err(packages::failed)?;
    Ok(count(&said, limit))
}

/// Counts every `test result:` line, and names the tests of the `failures:` lists.
fn count(said: &Finished, limit: Duration) -> TestRun {
    let mut run = TestRun::default();
    let mut names = Vec::new();
    let mut in_list = false;
    for line in said.stdout.lines() {
        if let Some(result) = line.strip_prefix("test result:") {
            run.counts.passed += number_before(result, " passed");
            run.counts.failed += number_before(result, " failed");
            run.counts.skipped += number_before(result, " ignored");
        }
        // The list is the second part of that title; the first one is followed by what the tests printed.
        in_list = line == "failures:" || in_list && line.starts_with("    ");
        if in_list && let Some(name) = line.strip_prefix("    ") {
            names.push(name.to_owned());
        }
    }
    names.truncate(20);
    run.failed_tests = names;
    match said.ended {
        Ended::TimedOut => run.faults.push(Reason::with("tests-timed-out", "seconds", limit.as_secs())),
        Ended::Flooded => run.faults.push(Reason::plain("tests-flooded")),
        Ended::Exited(status) if !status.success() && run.counts.failed == 0 => {
            run.faults.push(Reason::with("tests-crashed", "how", status));
        }
        Ended::Exited(_) => {}
    }
    run
}

fn number_before(line: &str, word: &str) -> usize {
    let number = line.split(word).next().filter(|before| before.len() < line.len());
    number.and_then(|before| before.rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    fn said(code: i32, stdout: &str) -> TestRun {
        let ended = Ended::Exited(ExitStatus::from_raw(code << 8));
        count(&Finished { ended, stdout: stdout.to_owned(), stderr: String::new() }, Duration::from_secs(9))
    }

    #[test]
    fn every_result_line_counts_and_failed_tests_are_named() {
        let run = said(
            101,
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\nfailures:\n\n---- a::b stdout ----\n    indented\n\nfailures:\n    a::b\n    a::c\n\ntest result: FAILED. 1 passed; 2 failed; 0 ignored;\n",
        );
        assert_eq!((run.counts.passed, run.counts.failed, run.counts.skipped), (4, 2, 1));
        assert_eq!(run.failed_tests, ["a::b", "a::c"]);
        assert!(run.faults.is_empty());
    }

    #[test]
    fn a_program_that_ends_early_is_a_fault_although_nothing_failed() {
        let run = said(101, "test result: ok. 3 passed; 0 failed; 0 ignored;\nrunning 1 test\n");
        assert_eq!((run.counts.failed, run.faults.len()), (0, 1));
    }
}
