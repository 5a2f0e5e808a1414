//! A learner at a command line: a home of their own, and the libraries that all tests share.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A learner with an empty home.
pub struct Learner {
    home: TempDir,
    /// The folder in which commands are given.
    pub folder: PathBuf,
}

/// What a command came to.
pub struct Answer {
    /// The exit code.
    pub code: i32,
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub err: String,
}

/// The cache that the tests share, so that libraries are built once.
pub fn shared_cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

impl Learner {
    /// A learner who has nothing yet.
    pub fn new() -> Learner {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().canonicalize().unwrap();
        Learner { home, folder }
    }

    /// A learner who has made a folder for the built-in course, and is in it.
    pub fn in_dojo() -> Learner {
        let mut learner = Learner::new();
        let answer = learner.gives(&["init", "dojo"]);
        assert_eq!(answer.code, 0, "{}", answer.err);
        learner.folder.push("dojo");
        learner
    }

    /// The command, ready to be given more.
    pub fn command(&self, args: &[&str]) -> Command {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        let folder = |name: &str, usual: &str| std::env::var_os(name).map_or_else(|| home.join(usual), PathBuf::from);
        let mut command = Command::new(env!("CARGO_BIN_EXE_awaitlings"));
        command.args(args).current_dir(&self.folder);
        command.env("CARGO_HOME", folder("CARGO_HOME", ".cargo")).env("RUSTUP_HOME", folder("RUSTUP_HOME", ".rustup"));
        command.env("HOME", self.home.path()).env("AWAITLINGS_CACHE", shared_cache());
        command.env("AWAITLINGS_STATE", self.home.path().join("state")).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
        command
    }

    /// Gives a command.
    pub fn gives(&self, args: &[&str]) -> Answer {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }

    /// Writes a file of the folder.
    pub fn writes(&self, path: &str, text: &str) {
        std::fs::write(self.folder.join(path), text).unwrap();
    }

    /// Reads a file of the folder.
    pub fn reads(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).unwrap()
    }
}

impl Answer {
    /// The output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// The output, if the command was answered with yes.
    pub fn yes(&self) -> &str {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        &self.out
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
