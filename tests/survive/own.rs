//! The program with a cache and a folder for temporary files of its own, where whatever is left is found.

use super::{Place, assert_no_process_of, awaitlings, cache_folder, processes_of};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A cache, a folder for temporary files and a folder to work in.
pub struct Own {
    root: TempDir,
}

impl Own {
    /// New ones; the libraries are those of all tests.
    pub fn new() -> Own {
        drop(Place::new("own"));
        let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        for folder in ["cache", "temp", "work"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        for shared in ["sets", "harness"] {
            std::os::unix::fs::symlink(cache_folder().join(shared), root.path().join("cache").join(shared)).unwrap();
        }
        Own { root }
    }

    /// The cache.
    pub fn cache(&self) -> PathBuf {
        self.root.path().join("cache")
    }

    /// The folder for temporary files.
    pub fn temp(&self) -> PathBuf {
        self.root.path().join("temp")
    }

    /// The folder to work in.
    pub fn work(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// The program, with these arguments.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = awaitlings(&self.work(), args);
        command.env("AWAITLINGS_CACHE", self.cache()).env("TMPDIR", self.temp());
        command
    }

    /// The processes that were started for these folders.
    pub fn processes(&self) -> Vec<String> {
        processes_of(&[self.root.path()])
    }

    /// None of them is left, or will be soon.
    pub fn assert_no_process(&self) {
        assert_no_process_of(&[self.root.path()]);
    }

    /// Nothing lies in the folder for temporary files.
    pub fn assert_no_temporary_file(&self) {
        let left: Vec<_> = fs::read_dir(self.temp()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(left.is_empty(), "{left:?} is left");
    }
}
