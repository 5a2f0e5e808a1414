//! What programs say that are started for a review: cargo with clippy, and, only when asked for, the tests.
//!
//! ```text
//! ask ── clippy      what rustc and clippy say about the packages that the files belong to
//!     ├─ cargo_test  `--run-tests`: the Rust tests, built and then run
//!     └─ pytest      `--run-tests`: the Python tests, with probe.py inside
//! packages           the cargo packages of the files that are read
//! child              one program under limits of time, memory and output, with nothing left behind
//! ```
//!
//! These programs execute what is reviewed: cargo its build scripts and macros, the test runs everything. They do so with the
//! person's own rights and environment, as when the person starts them.

mod cargo_test;
mod child;
mod clippy;
mod packages;
mod pytest;
mod tests_run;

pub use clippy::CargoSaid;
pub use tests_run::{Longest, TestCounts, TestRun};

pub(super) use clippy::merge;

use super::{Reading, ReviewArgs, texts};
use crate::course::Track;
use std::path::PathBuf;
use std::time::Duration;

/// What processes said. Empty when none was started.
#[derive(Debug, Clone, Default)]
pub struct FromProcesses {
    /// What cargo said about the Rust packages; none where there was nothing to ask about, or nobody wanted to ask.
    pub cargo: Option<CargoSaid>,
    /// How the tests went; none where nobody wanted them to be run.
    pub tests: Option<TestRun>,
}

/// Starts what the arguments ask for, and tells what it is about to do. Dropping the future ends all of it.
pub async fn ask(reading: &Reading, args: &ReviewArgs, tell: impl Fn(&str)) -> FromProcesses {
    let limit = Duration::from_secs(args.time_limit);
    let rust = files(reading, Track::Rust, |text| text.contains("async"));
    let mut cargo = None;
    if !args.no_cargo && packages::any(&rust) {
        tell(&texts::text("asking-cargo", args.language, &[]));
        cargo = clippy::ask(&rust, limit).await;
    }
    let mut tests = None;
    if args.run_tests {
        tell(&texts::text("running-tests", args.language, &[]));
        let mut run = TestRun::default();
        let rust = files(reading, Track::Rust, |_| true);
        if !rust.is_empty() {
            run.add(cargo_test::run(&rust, limit).await);
        }
        let python = files(reading, Track::Python, |_| true);
        if !python.is_empty() {
            run.add(pytest::run(&args.paths, &python, limit).await);
        }
        tests = Some(run);
    }
    FromProcesses { cargo, tests }
}

/// The real paths of the files asked for whose text is of interest.
fn files(reading: &Reading, track: Track, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let of = reading.files.iter().filter(|file| file.asked_for && file.track == track && wanted(&file.text));
    of.filter_map(|file| std::fs::canonicalize(&file.path).ok()).collect()
}
