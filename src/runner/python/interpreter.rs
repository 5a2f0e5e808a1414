//! Finds a Python that is new enough, past the shims of version managers.

use crate::runner::cache::{self, Cache};
use crate::runner::rust::toolchain::on_path;
use crate::runner::setup::SetupError;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The oldest Python that the course teaches.
const OLDEST: (u32, u32) = (3, 11);

/// Names another interpreter than the one on PATH.
pub const PYTHON_VARIABLE: &str = "AWAITLINGS_PYTHON";

/// The names under which a Python may be on PATH, the likeliest first.
const NAMES: [&str; 6] = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

/// What an interpreter is asked about itself: its own path, the folder it was installed to, and its version.
const QUESTION: &str = "import sys; print(sys.executable); print(sys.base_prefix); print(sys.version.split()[0])";

/// What is remembered of an interpreter.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    /// What decided which one was found.
    asked: String,
    stamp: String,
    interpreter: Interpreter,
}

/// A Python interpreter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// The program itself.
    pub program: PathBuf,
    /// The folder that it was installed to.
    pub prefix: PathBuf,
    /// Its version: `3.11.7`.
    pub version: String,
}

impl Interpreter {
    /// The interpreter that is named, else the first on PATH that is new enough.
    ///
    /// # Errors
    /// When the one that is named is none or too old, or there is none on PATH.
    pub fn find(named: Option<&Path>) -> Result<Interpreter, SetupError> {
        if let Some(path) = named {
            let new_enough = Interpreter::ask(path).filter(Interpreter::is_new_enough);
            return new_enough.ok_or_else(|| SetupError::NamedPython { path: path.to_owned() });
        }
        let mut too_old = None;
        for program in NAMES.iter().filter_map(|name| on_path(name)) {
            match Interpreter::ask(&program) {
                Some(interpreter) if interpreter.is_new_enough() => return Ok(interpreter),
                Some(old) => too_old = too_old.or(Some(old.version)),
                None => {}
            }
        }
        Err(SetupError::NoPython { too_old })
    }

    /// As [`Interpreter::find`], but what a program said of itself is remembered in the cache until the program changes:
    /// asking costs 15 ms, and 60 where a version manager's shim is in between.
    ///
    /// # Errors
    /// As [`Interpreter::find`].
    pub fn find_with(cache: &Cache, named: Option<&Path>) -> Result<Interpreter, SetupError> {
        let remembered = cache.root().join("interpreter.json");
        let asked = asked(named);
        let known = fs::read(&remembered).ok().and_then(|text| serde_json::from_slice::<Remembered>(&text).ok());
        if let Some(known) =
            known.filter(|known| known.asked == asked && known.stamp == stamp(&known.interpreter.program))
        {
            return Ok(known.interpreter);
        }
        let interpreter = Interpreter::find(named)?;
        let known = Remembered { asked, stamp: stamp(&interpreter.program), interpreter };
        // What cannot be remembered is asked again.
        let _ = fs::write(&remembered, serde_json::to_vec(&known).unwrap_or_default());
        Ok(known.interpreter)
    }

    /// What a program says of itself, if it is a Python.
    pub fn ask(program: &Path) -> Option<Interpreter> {
        let output = Command::new(program).args(["-I", "-c", QUESTION]).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let mut lines = text.lines();
        let (program, prefix) = (PathBuf::from(lines.next()?), PathBuf::from(lines.next()?));
        Some(Interpreter { program, prefix, version: lines.next()?.to_owned() })
    }

    /// Whether the course's code runs on it.
    fn is_new_enough(&self) -> bool {
        let mut numbers = self.version.split('.').map_while(|number| number.parse::<u32>().ok());
        (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= OLDEST
    }
}

/// Size and time of change of a program; a change of either means another program.
pub(super) fn stamp(program: &Path) -> String {
    let data = program.metadata();
    data.and_then(|data| Ok(format!("{} {:?}", data.len(), data.modified()?))).unwrap_or_default()
}

/// What decides which interpreter is found: the programs on PATH, and what version managers go by.
fn asked(named: Option<&Path>) -> String {
    let variables = ["PATH", "PYENV_VERSION", "PYENV_ROOT", "VIRTUAL_ENV"];
    let mut parts: Vec<Vec<u8>> =
        variables.iter().map(|name| env::var_os(name).unwrap_or_default().into_encoded_bytes()).collect();
    parts.push(named.map(|path| path.as_os_str().as_encoded_bytes().to_vec()).unwrap_or_default());
    parts.extend(NAMES.iter().filter_map(|name| on_path(name)).map(|program| stamp(&program).into_bytes()));
    let here = env::current_dir().unwrap_or_default();
    let named = [".python-version", ".tool-versions"];
    let files = here.ancestors().flat_map(|folder| named.map(|name| folder.join(name)));
    let home = etcetera::home_dir().map(|home| home.join(".pyenv/version"));
    let global = env::var_os("PYENV_ROOT").map(|root| Path::new(&root).join("version")).or(home.ok());
    parts.extend(files.chain(global).filter_map(|file| fs::read(file).ok()));
    cache::key(parts.iter().map(Vec::as_slice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        let is_new_enough = |version: &str| {
            let (program, prefix) = (PathBuf::new(), PathBuf::new());
            Interpreter { program, prefix, version: version.to_owned() }.is_new_enough()
        };
        for (version, new_enough) in
            [("3.11.0", true), ("3.14.0b2", true), ("4.0.1", true), ("3.9.18", false), ("2.7.18", false), ("", false)]
        {
            assert_eq!(is_new_enough(version), new_enough, "{version}");
        }
    }
}
