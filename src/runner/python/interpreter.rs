//! Finds a Python that is new enough, past the shims of version managers.

use crate::runner::rust::toolchain::on_path;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Python that the course teaches.
const OLDEST: (u32, u32) = (3, 11);

/// Names another interpreter than the one on PATH.
pub const PYTHON_VARIABLE: &str = "AWAITLINGS_PYTHON";

/// The names under which a Python may be on PATH, the likeliest first.
const NAMES: [&str; 6] = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

/// What an interpreter is asked about itself: its version, its own path, and the folder it was installed to.
const QUESTION: &str = "import sys; print(*sys.version_info[:2]); print(sys.executable); print(sys.base_prefix); print(sys.version.split()[0])";

/// A Python interpreter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    /// The program itself.
    pub program: PathBuf,
    /// The folder that it was installed to.
    pub prefix: PathBuf,
    /// Its version: `3.11.7`.
    pub version: String,
}

impl Interpreter {
    /// The first interpreter that is new enough: the one that [`PYTHON_VARIABLE`] names, else one on PATH.
    pub fn find() -> Option<Interpreter> {
        match std::env::var_os(PYTHON_VARIABLE) {
            Some(named) => Interpreter::ask(Path::new(&named)),
            None => NAMES.iter().filter_map(|name| on_path(name)).find_map(|program| Interpreter::ask(&program)),
        }
    }

    /// What a program says of itself, if it is a Python that is new enough.
    pub fn ask(program: &Path) -> Option<Interpreter> {
        let output = Command::new(program).args(["-I", "-c", QUESTION]).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let mut lines = text.lines();
        let (major, minor) = lines.next()?.split_once(' ')?;
        let new_enough = (major.parse().ok()?, minor.parse().ok()?) >= OLDEST;
        let (program, prefix) = (PathBuf::from(lines.next()?), PathBuf::from(lines.next()?));
        new_enough.then_some(Interpreter { program, prefix, version: lines.next()?.to_owned() })
    }
}
