//! The virtual environment that Python solutions are judged in, made once and kept in the cache.
//!
//! ```text
//! python/<key>/            the key: interpreter, its version, the requirements, this program's version
//!     venv/                pinned packages, with compiled bytecode
//!     requirements.txt
//!     ready.json           written last; without it the rest is half made and is made again
//! ```
//!
//! Made by `uv` where that is installed (1.5 s instead of 11), else by Python's own `venv` and pip. What was installed is
//! remembered with its sizes, so that an environment which lost a part is made again too.

use super::Interpreter;
use super::contents::Contents;
use super::interpreter::stamp;
use crate::runner::cache::{self, Cache};
use crate::runner::event::{Event, Events};
use crate::runner::rust::toolchain::on_path;
use crate::runner::setup::{Doing, Remedy, SetupError, Step};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What events call it.
const NAME: &str = "python";

/// The steps that progress counts: the environment, the packages, the bytecode.
const STEPS: usize = 3;

/// How many lines of what a failed tool said are told.
const MOST_LINES: usize = 12;

/// An environment that is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Equal exactly for equal environments.
    pub key: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The interpreter that it was made with.
    pub interpreter: Interpreter,
}

/// What is remembered of a finished environment.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Ready {
    /// The interpreter's size and time of change.
    stamp: String,
    /// The tool that made it.
    made_by: String,
    /// The files of its packages.
    contents: Contents,
}

impl Environment {
    /// Python in this environment.
    pub fn program(&self) -> PathBuf {
        self.folder.join("venv/bin/python")
    }

    /// What made it: `uv` or `pip`; none where it is not ready.
    pub fn made_by(&self) -> Option<String> {
        let ready: Ready = serde_json::from_slice(&fs::read(self.folder.join("ready.json")).ok()?).ok()?;
        let whole = ready.stamp == stamp(&self.interpreter.program) && self.program().exists();
        (whole && ready.contents.are_in(&self.packages())).then_some(ready.made_by)
    }

    /// Whether pytest can be imported; if not, what Python said. Takes as long as a start of Python.
    ///
    /// # Errors
    /// When it cannot.
    pub fn works(&self) -> Result<(), String> {
        let mut command = Command::new(self.program());
        command.args(["-I", "-c", "import pytest, pytest_asyncio.plugin"]).env_clear().stdin(Stdio::null());
        match command.output() {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(last_lines(&String::from_utf8_lossy(&output.stderr))),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Removes it, so that it is made again.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn remove(&self) -> std::io::Result<()> {
        remove(&self.folder)
    }

    /// Where its packages lie.
    fn packages(&self) -> PathBuf {
        let mut libraries = fs::read_dir(self.folder.join("venv/lib")).into_iter().flatten().flatten();
        let library = libraries.next().map_or(self.folder.clone(), |library| library.path());
        library.join("site-packages")
    }
}

/// Removes a folder and all in it, or whatever is in its place.
pub(super) fn remove(path: &Path) -> std::io::Result<()> {
    let removed = match path.symlink_metadata() {
        Ok(data) if data.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Where the environment for `requirements` is, ready or not.
pub fn locate(cache: &Cache, interpreter: Interpreter, requirements: &str) -> Environment {
    let program = interpreter.program.as_os_str().as_encoded_bytes();
    let parts =
        [program, interpreter.version.as_bytes(), requirements.as_bytes(), env!("CARGO_PKG_VERSION").as_bytes()];
    let key = cache::key(parts);
    Environment { folder: cache.root().join("python").join(&key), key, interpreter }
}

/// The environment for `requirements`, on the interpreter that is `named` or the one on PATH; made now if it is not
/// ready. Blocks while it works.
///
/// # Errors
/// When there is no Python, or the packages cannot be installed.
pub fn ensure(
    cache: &Cache,
    named: Option<&Path>,
    requirements: &str,
    events: &Events,
) -> Result<Environment, SetupError> {
    let interpreter = Interpreter::find_with(cache, named)?;
    let environment = locate(cache, interpreter, requirements);
    if environment.made_by().is_some() {
        return Ok(environment);
    }
    let io = || Step::PythonEnvironment;
    let lock_name = format!("python-{}", environment.key);
    let _lock = match cache.try_lock(&lock_name).doing(io)? {
        Some(lock) => lock,
        None => {
            events.tell(Event::WaitingForOther { set: NAME.to_owned() });
            cache.lock(&lock_name).doing(io)?
        }
    };
    if environment.made_by().is_none() {
        let all = cache.root().join("python");
        if !all.is_dir() {
            remove(&all).doing(io)?;
        }
        environment.remove().doing(io)?;
        fs::create_dir_all(&environment.folder).doing(io)?;
        fs::write(environment.folder.join("requirements.txt"), requirements).doing(io)?;
        let made_by = Making { environment: &environment, events }.run()?;
        let contents = Contents::of(&environment.packages()).doing(io)?;
        let ready = Ready { stamp: stamp(&environment.interpreter.program), made_by: made_by.to_owned(), contents };
        fs::write(environment.folder.join("ready.json"), serde_json::to_vec(&ready).unwrap_or_default()).doing(io)?;
    }
    Ok(environment)
}

struct Making<'a> {
    environment: &'a Environment,
    events: &'a Events,
}

impl Making<'_> {
    /// Makes it and says by what.
    fn run(&self) -> Result<&'static str, SetupError> {
        self.events.tell(Event::Fetching { set: NAME.to_owned() });
        let made_by = match on_path("uv") {
            // A uv that does not work is no reason to give up, nor is one whose own cache is damaged.
            Some(uv) if self.by_uv(&uv).is_ok() && self.environment.works().is_ok() => "uv",
            _ => {
                self.by_pip()?;
                self.environment.works().map_err(|said| SetupError::Environment { said, remedy: None })?;
                "pip"
            }
        };
        // Without bytecode every start would compile some 300 files, which takes longer than a verdict.
        let compile = ["-m", "compileall", "-q", "venv/lib"];
        // A package may hold files for other versions of Python, which do not compile; nothing imports them.
        let _ = self.call(&self.environment.program(), &compile);
        self.step(3);
        Ok(made_by)
    }

    fn by_uv(&self, uv: &Path) -> Result<(), SetupError> {
        let interpreter = self.environment.interpreter.program.display().to_string();
        self.call(uv, &["venv", "--quiet", "--clear", "--no-project", "--python", &interpreter, "venv"])?;
        self.step(1);
        // Copies: what happens to a file here must not happen to uv's own, which later environments are made from.
        let install = ["pip", "install", "--quiet", "--link-mode", "copy", "--python", "venv/bin/python"];
        let install = [&install[..], &["--require-hashes"]].concat();
        self.call(uv, &[&install[..], &["-r", "requirements.txt"]].concat())?;
        self.step(2);
        Ok(())
    }

    fn by_pip(&self) -> Result<(), SetupError> {
        self.call(&self.environment.interpreter.program, &["-m", "venv", "--clear", "venv"])?;
        self.step(1);
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"];
        let python = self.environment.program();
        self.call(&python, &[&install[..], &["--require-hashes", "-r", "requirements.txt"]].concat())?;
        self.step(2);
        Ok(())
    }

    fn call(&self, program: &Path, args: &[&str]) -> Result<(), SetupError> {
        let mut command = Command::new(program);
        command.args(args).current_dir(&self.environment.folder).stdin(Stdio::null());
        // Proxies, certificates and mirrors of the person's own count; another Python's settings do not.
        let foreign = |name: &OsString| {
            let name = name.to_string_lossy();
            name.starts_with("PYTHON") || name == "VIRTUAL_ENV" || name == "PIP_USER" || name == "PIP_TARGET"
        };
        for (name, _) in std::env::vars_os().filter(|(name, _)| foreign(name)) {
            command.env_remove(name);
        }
        let output = command.output().doing(|| Step::Starting(program.display().to_string()))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(what_failed(&String::from_utf8_lossy(&said)))
    }

    fn step(&self, done: usize) {
        self.events.tell(Event::Building { set: NAME.to_owned(), done, total: STEPS });
    }
}

/// The end of what a tool said, and what to do.
fn what_failed(said: &str) -> SetupError {
    let offline = ["resolve", "onnection", "etwork", "timed out", "No matching distribution", "dns", "fetch"];
    let remedy = if said.contains("ensurepip") {
        Some(Remedy::VenvPackage)
    } else if offline.iter().any(|word| said.contains(word)) {
        Some(Remedy::Network)
    } else {
        None
    };
    SetupError::Environment { said: last_lines(said), remedy }
}

/// The end of what a tool said, without its tries in between.
fn last_lines(said: &str) -> String {
    let telling = |line: &&str| !line.trim().is_empty() && !line.starts_with("WARNING: Retrying");
    let lines: Vec<&str> = said.lines().filter(telling).collect();
    lines[lines.len().saturating_sub(MOST_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interpreter(program: &Path) -> Interpreter {
        Interpreter { program: program.to_owned(), prefix: "/".into(), version: "3.11.7".to_owned() }
    }

    #[test]
    fn an_environment_without_its_mark_or_its_python_is_not_ready() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        let program = folder.path().join("python3");
        fs::write(&program, "an interpreter").unwrap();
        let environment = locate(&cache, interpreter(&program), "pytest==9");
        assert_eq!(environment.made_by(), None);
        let packages = environment.folder.join("venv/lib/python3.11/site-packages");
        fs::create_dir_all(environment.folder.join("venv/bin")).unwrap();
        fs::write(environment.program(), "").unwrap();
        for file in ["pytest/__init__.py", "pytest_asyncio/plugin.py"] {
            fs::create_dir_all(packages.join(file).parent().unwrap()).unwrap();
            fs::write(packages.join(file), "").unwrap();
        }
        assert_eq!(environment.made_by(), None, "half made");
        let contents = Contents::of(&environment.packages()).unwrap();
        let ready = Ready { stamp: stamp(&environment.interpreter.program), made_by: "uv".to_owned(), contents };
        fs::write(environment.folder.join("ready.json"), serde_json::to_vec(&ready).unwrap()).unwrap();
        assert_eq!(environment.made_by().as_deref(), Some("uv"));
        fs::write(packages.join("pytest/__init__.py"), "cut").unwrap();
        assert_eq!(environment.made_by(), None, "a file has another size");
        fs::write(packages.join("pytest/__init__.py"), "").unwrap();
        assert_eq!(environment.made_by().as_deref(), Some("uv"));
        fs::write(&program, "another interpreter").unwrap();
        assert_eq!(environment.made_by(), None, "made by a Python that is no longer there");
    }

    #[test]
    fn other_requirements_and_other_interpreters_have_environments_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        let here = |program: &str, requirements| locate(&cache, interpreter(Path::new(program)), requirements).key;
        assert_ne!(here("/a", "x"), here("/a", "y"));
        assert_ne!(here("/a", "x"), here("/b", "x"));
        assert_eq!(here("/a", "x"), here("/a", "x"));
    }

    #[test]
    fn what_failed_says_what_to_do() {
        let failed = |said: &str, left: &str, remedy| {
            assert_eq!(what_failed(said), SetupError::Environment { said: left.to_owned(), remedy });
        };
        failed("error: Could not resolve host", "error: Could not resolve host", Some(Remedy::Network));
        let venv = "The ensurepip module is not available";
        failed(venv, venv, Some(Remedy::VenvPackage));
        let retries = "WARNING: Retrying after connection broken\nWARNING: Retrying after connection broken\n\n";
        failed(&format!("{retries}ERROR: none"), "ERROR: none", Some(Remedy::Network));
        failed("No space left on device", "No space left on device", None);
    }
}
