//! Where a solution is built: a temp crate that is removed afterwards, seen through a folder of the cache that
//! stays, so that the next build of the same exercise is incremental.
//!
//! ```text
//! builds/<name>/                    the slot; the compiler runs here
//!     crate -> <temp crate>         Cargo.toml, src/lib.rs; never the hidden tests while the solution is built
//!     solution/                     libsolution.rlib, and its incremental state, which stays
//!     hidden/                       the test program, and its incremental state, which stays
//!     build-0/, build-1/, ...       where the learner writes the tests: for each build that they are run against
//!     run-<number>/                 a program under a name that tells nothing of what it is
//! ```
//!
//! The compiler sees the same paths every time, whatever the temp crate is called.
//!
//! A slot is locked as long as anything builds in it. The compiler and what it starts hold the lock too, so that
//! a linker that outlives a killed program writes into nobody else's build; who comes meanwhile builds in
//! `<name>+2`. What a killed program has left is removed when its slot is opened again.

use crate::runner::cache::Cache;
use crate::runner::channel::nonce;
use std::fs::{self, File};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The learner's file, as the compiler sees it.
pub const SOLUTION: &str = "crate/src/lib.rs";

/// How long to wait for what was killed a moment ago to let go of a slot, before another one is used.
const PATIENCE: Duration = Duration::from_millis(100);

/// How long the temp crate's removal may be kept up by what was killed a moment ago.
const REMOVAL: Duration = Duration::from_millis(500);

/// How temp crates are called.
const PREFIX: &str = "awaitlings-";

/// How folders begin that hold a program which must not know what it is.
const UNNAMED: &str = "run-";

/// What a part keeps from one build to the next.
const INCREMENTAL: &str = "incremental";

/// A place to build one solution at a time.
#[derive(Debug)]
pub struct Slot {
    folder: PathBuf,
    krate: PathBuf,
    kept: bool,
    lock: File,
}

impl Slot {
    /// The slot of a name, with a fresh temp crate in it.
    ///
    /// # Errors
    /// When files cannot be written.
    pub fn open(cache: &Cache, name: &str) -> io::Result<Slot> {
        Slot::within(cache, name, PATIENCE)
    }

    /// A slot for a build that nothing is kept of: where the one of this name is in use, another one at once.
    ///
    /// # Errors
    /// When files cannot be written.
    pub fn open_at_once(cache: &Cache, name: &str) -> io::Result<Slot> {
        Slot::within(cache, name, Duration::ZERO)
    }

    fn within(cache: &Cache, name: &str, patience: Duration) -> io::Result<Slot> {
        let (name, lock) = free(cache, name, patience)?;
        let folder = cache.part("builds")?.join(name);
        clear(&folder)?;
        // Marks the slot as used now; the ones used longest ago are removed first.
        File::open(&folder)?.set_modified(std::time::SystemTime::now()).or_else(ignore_unsupported)?;
        let krate = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        fs::create_dir(krate.path().join("src"))?;
        fs::create_dir(krate.path().join("tmp"))?;
        symlink(krate.path(), folder.join("crate"))?;
        Ok(Slot { folder, krate: krate.keep(), kept: false, lock })
    }

    /// Keeps the slot locked until the descriptor is closed by all who have it.
    ///
    /// # Errors
    /// When there is no descriptor left.
    pub fn hold(&self) -> io::Result<OwnedFd> {
        Ok(self.lock.try_clone()?.into())
    }

    /// The folder that the compiler runs in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether there is state of an earlier build.
    pub fn was_built(&self) -> bool {
        self.was_built_in("hidden")
    }

    /// Whether there is state of an earlier build in a part.
    pub fn was_built_in(&self, part: &str) -> bool {
        let entries = fs::read_dir(self.part(part).join(INCREMENTAL));
        entries.is_ok_and(|mut entries| entries.next().is_some())
    }

    /// The temp crate.
    pub fn krate(&self) -> &Path {
        &self.krate
    }

    /// A scratch folder for the compiler's own temporary files.
    pub fn scratch(&self) -> PathBuf {
        self.krate.join("tmp")
    }

    /// The part of the slot in which the solution or the tests are built.
    pub fn part(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Moves a program of a part into a folder of its own, whose name tells nothing of which program it is.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn unname(&self, part: &str, program: &str) -> io::Result<PathBuf> {
        let folder = self.folder.join(format!("{UNNAMED}{}", nonce()?));
        fs::create_dir(&folder)?;
        fs::rename(self.part(part).join(program), folder.join(program))?;
        Ok(folder.join(program))
    }

    /// Leaves the temp crate where it is.
    pub fn keep_crate(mut self) -> PathBuf {
        self.kept = true;
        self.krate.clone()
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if !self.kept {
            remove_crate(&self.krate);
        }
        // What cannot be removed now is removed when the slot is opened again.
        let _ = clear_parts(&self.folder);
        // The link names a temp crate that is in use, or that a killed program has left.
        let _ = fs::remove_file(self.folder.join("crate"));
    }
}

/// The first slot of a name that nobody builds in.
fn free(cache: &Cache, name: &str, patience: Duration) -> io::Result<(String, File)> {
    let end = Instant::now() + patience;
    loop {
        if let Some(lock) = cache.try_lock(&format!("build-{name}"))? {
            return Ok((name.to_owned(), lock));
        }
        if Instant::now() >= end {
            break;
        }
        std::thread::sleep(PATIENCE / 100);
    }
    let mut number = 2;
    loop {
        let name = format!("{name}+{number}");
        if let Some(lock) = cache.try_lock(&format!("build-{name}"))? {
            return Ok((name, lock));
        }
        number += 1;
    }
}

/// Removes what a killed program has left: a temp crate, and hidden tests above all.
fn clear(folder: &Path) -> io::Result<()> {
    clear_parts(folder)?;
    let link = folder.join("crate");
    let Ok(left) = fs::read_link(&link) else { return Ok(()) };
    if left.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX)) {
        remove_crate(&left);
    }
    fs::remove_file(link)
}

/// Leaves nothing in a slot but the incremental state. What was built is never to be taken for what is built next,
/// and a compiler that was ended leaves files of any size.
fn clear_parts(folder: &Path) -> io::Result<()> {
    for part in ["solution", "hidden"] {
        fs::create_dir_all(folder.join(part))?;
    }
    for part in fs::read_dir(folder)? {
        let part = part?;
        if !part.file_type()?.is_dir() {
            continue;
        }
        let part = part.path();
        if part.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNNAMED)) {
            fs::remove_dir_all(part)?;
            continue;
        }
        for entry in fs::read_dir(&part)? {
            let entry = entry?;
            if entry.file_name() == INCREMENTAL {
                continue;
            }
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
    }
    Ok(())
}

/// Removes a temp crate. What was killed a moment ago may still be adding a last file to it.
fn remove_crate(krate: &Path) {
    let end = Instant::now() + REMOVAL;
    while let Err(error) = fs::remove_dir_all(krate) {
        if error.kind() != io::ErrorKind::DirectoryNotEmpty || Instant::now() >= end {
            return;
        }
        std::thread::sleep(REMOVAL / 500);
    }
}

/// Some file systems keep no times of folders; the order of removal then matters less than the build.
fn ignore_unsupported(_: io::Error) -> io::Result<()> {
    Ok(())
}
