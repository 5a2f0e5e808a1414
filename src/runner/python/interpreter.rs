//! Finds a Python that is new enough, past the shims of version managers.

use crate::runner::cache::{self, Cache};
use crate::runner::rust::toolchain::on_path;
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

/// What an interpreter is asked about itself: its version, its own path, and the folder it was installed to.
const QUESTION: &str = "import sys; print(*sys.version_info[:2]); print(sys.executable); print(sys.base_prefix); print(sys.version.split()[0])";

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
    /// The first interpreter that is new enough: the one that [`PYTHON_VARIABLE`] names, else one on PATH.
    pub fn find() -> Option<Interpreter> {
        match env::var_os(PYTHON_VARIABLE) {
            Some(named) => Interpreter::ask(Path::new(&named)),
            None => NAMES.iter().filter_map(|name| on_path(name)).find_map(|program| Interpreter::ask(&program)),
        }
    }

    /// As [`Interpreter::find`], but what a program said of itself is remembered in the cache until the program changes:
    /// asking costs 15 ms, and 60 where a version manager's shim is in between.
    pub fn find_with(cache: &Cache) -> Option<Interpreter> {
        let remembered = cache.root().join("interpreter.json");
        let asked = asked();
        let known = fs::read(&remembered).ok().and_then(|text| serde_json::from_slice::<Remembered>(&text).ok());
        if let Some(known) =
            known.filter(|known| known.asked == asked && known.stamp == stamp(&known.interpreter.program))
        {
            return Some(known.interpreter);
        }
        let interpreter = Interpreter::find()?;
        let known = Remembered { asked, stamp: stamp(&interpreter.program), interpreter };
        // What cannot be remembered is asked again.
        let _ = fs::write(&remembered, serde_json::to_vec(&known).unwrap_or_default());
        Some(known.interpreter)
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

/// Size and time of change of a program; a change of either means another program.
pub(super) fn stamp(program: &Path) -> String {
    let data = program.metadata();
    data.and_then(|data| Ok(format!("{} {:?}", data.len(), data.modified()?))).unwrap_or_default()
}

/// What decides which interpreter is found: the programs on PATH, and what version managers go by.
fn asked() -> String {
    let variables = [PYTHON_VARIABLE, "PATH", "PYENV_VERSION", "PYENV_ROOT", "VIRTUAL_ENV"];
    let mut parts: Vec<Vec<u8>> =
        variables.iter().map(|name| env::var_os(name).unwrap_or_default().into_encoded_bytes()).collect();
    parts.extend(NAMES.iter().filter_map(|name| on_path(name)).map(|program| stamp(&program).into_bytes()));
    let here = env::current_dir().unwrap_or_default();
    let named = [".python-version", ".tool-versions"];
    let files = here.ancestors().flat_map(|folder| named.map(|name| folder.join(name)));
    let home = etcetera::home_dir().map(|home| home.join(".pyenv/version"));
    let global = env::var_os("PYENV_ROOT").map(|root| Path::new(&root).join("version")).or(home.ok());
    parts.extend(files.chain(global).filter_map(|file| fs::read(file).ok()));
    cache::key(parts.iter().map(Vec::as_slice))
}
