//! The limit: the compiler called directly on one crate that holds solution and tests, against the libraries that the
//! program itself uses, and the tests run in one process. No isolation, no protocol, no report.

use super::place::{Place, timed};
use anyhow::{Result, ensure};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Whether the compiler keeps state from one build to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Incremental {
    Yes,
    No,
}

/// A folder in which the compiler is called.
pub struct Direct<'a> {
    place: &'a Place,
    folder: PathBuf,
    incremental: Incremental,
    tests: String,
}

impl<'a> Direct<'a> {
    /// Makes the folder.
    pub fn new(place: &'a Place, name: &str, incremental: Incremental) -> Result<Direct<'a>> {
        let folder = place.path(name);
        fs::create_dir(&folder)?;
        let hidden = fs::read_to_string(place.path("course/exercises/01-bench/01-gather/rust/hidden.rs"))?;
        let tests = hidden.replace("use solution::", "use crate::");
        ensure!(tests != hidden, "the hidden tests import nothing from the solution");
        Ok(Direct { place, folder, incremental, tests })
    }

    /// Builds and runs.
    pub fn judge(&self, n: usize) -> Result<Duration> {
        let source = format!("{}\n#[cfg(test)]\nmod hidden {{\n{}}}\n", self.place.solution(n), self.tests);
        fs::write(self.folder.join("lib.rs"), source)?;
        let built = timed(&mut self.rustc(), 0)?;
        Ok(built + timed(&mut self.tests(), 0)?)
    }

    fn rustc(&self) -> Command {
        let compiler = &self.place.compiler;
        let mut rustc = self.place.clean(compiler.toolchain.rustc());
        rustc.current_dir(&self.folder).args(["lib.rs", "--test", "--crate-name=direct", "--edition=2024"]);
        rustc.args(["-Cdebuginfo=0", "-Ccodegen-units=16", "-o", "tests"]);
        if self.incremental == Incremental::Yes {
            rustc.arg("-Cincremental=incremental");
        }
        rustc.args(compiler.set.arguments()).args(compiler.harness.arguments());
        rustc
    }

    fn tests(&self) -> Command {
        let compiler = &self.place.compiler;
        let libraries = [compiler.set.deps(), compiler.harness.folder.clone(), compiler.toolchain.std_folder()];
        let variable = if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
        let mut tests = self.place.clean(self.folder.join("tests"));
        tests.env(variable, std::env::join_paths(libraries).unwrap_or_default());
        tests
    }
}
