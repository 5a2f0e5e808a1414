//! Where a solution is built: a temp crate that is removed afterwards, seen through a folder of the cache that
//! stays, so that the next build of the same exercise is incremental.
//!
//! ```text
//! builds/<name>/                    the slot; the compiler runs here
//!     crate -> <temp crate>         Cargo.toml, src/lib.rs; never the hidden tests while the solution is built
//!     solution/                     libsolution.rlib and its incremental state
//!     hidden/                       the test program and its incremental state
//! ```
//!
//! The compiler sees the same paths every time, whatever the temp crate is called.

use crate::runner::cache::Cache;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The learner's file, as the compiler sees it.
pub const SOLUTION: &str = "crate/src/lib.rs";

/// A place to build one solution at a time.
#[derive(Debug)]
pub struct Slot {
    folder: PathBuf,
    krate: TempDir,
    // Held while the slot is used; a slot that another program uses is replaced by a throw-away one.
    _lock: Option<File>,
    _throw_away: Option<TempDir>,
}

impl Slot {
    /// The slot of a name, with a fresh temp crate in it.
    ///
    /// # Errors
    /// When files cannot be written.
    pub fn open(cache: &Cache, name: &str) -> io::Result<Slot> {
        let lock = cache.try_lock(&format!("build-{name}"))?;
        let throw_away = if lock.is_some() { None } else { Some(tempfile::tempdir()?) };
        let folder = match &throw_away {
            Some(temporary) => temporary.path().to_owned(),
            None => cache.part("builds")?.join(name),
        };
        for part in ["solution", "hidden"] {
            fs::create_dir_all(folder.join(part))?;
        }
        // Marks the slot as used now; the ones used longest ago are removed first.
        File::open(&folder)?.set_modified(std::time::SystemTime::now()).or_else(ignore_unsupported)?;
        let krate = tempfile::Builder::new().prefix("awaitlings-").tempdir()?;
        fs::create_dir(krate.path().join("src"))?;
        fs::create_dir(krate.path().join("tmp"))?;
        let link = folder.join("crate");
        match fs::remove_file(&link) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => symlink(krate.path(), &link)?,
        }
        Ok(Slot { folder, krate, _lock: lock, _throw_away: throw_away })
    }

    /// The folder that the compiler runs in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The temp crate.
    pub fn krate(&self) -> &Path {
        self.krate.path()
    }

    /// A scratch folder for the compiler's own temporary files.
    pub fn scratch(&self) -> PathBuf {
        self.krate.path().join("tmp")
    }

    /// The part of the slot in which the solution or the tests are built.
    pub fn part(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Leaves the temp crate where it is.
    pub fn keep_crate(mut self) -> PathBuf {
        self.krate.disable_cleanup(true);
        self.krate.path().to_owned()
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        // The link would point nowhere once the temp crate is gone.
        let _ = fs::remove_file(self.folder.join("crate"));
    }
}

/// Some file systems keep no times of folders; the order of removal then matters less than the build.
fn ignore_unsupported(_: io::Error) -> io::Result<()> {
    Ok(())
}
