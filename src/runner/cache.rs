//! The program's cache: dependency sets, harness builds, incremental builds, verdicts. All of it can be made again.
//!
//! ```text
//! sets/<name>-<key>/       libraries built once per compiler and lock file
//! harness/<key>/           the harness, built against a set
//! subjects/<key>/          what learners' tests are run against, built
//! builds/<exercise>/       incremental builds, the last few
//! verdicts/<key>.json      verdicts by content
//! ```

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Names another folder for the cache.
pub const CACHE_VARIABLE: &str = "AWAITLINGS_CACHE";

/// How many exercises' incremental builds are kept (14 MB each).
const BUILDS_KEPT: usize = 12;

/// How many verdicts are kept.
const VERDICTS_KEPT: usize = 2_000;

/// The cache's folder.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// The person's cache folder.
    ///
    /// # Errors
    /// When there is no home folder, or the folder cannot be made.
    pub fn open() -> io::Result<Cache> {
        use etcetera::BaseStrategy;
        let root = match std::env::var_os(CACHE_VARIABLE) {
            Some(folder) => PathBuf::from(folder),
            None => etcetera::choose_base_strategy().map_err(io::Error::other)?.cache_dir().join("awaitlings"),
        };
        Cache::at(&root)
    }

    /// A cache in a given folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn at(root: &Path) -> io::Result<Cache> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", root.display()));
        fs::create_dir_all(root).map_err(named)?;
        Ok(Cache { root: root.canonicalize().map_err(named)? })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A part of the cache, made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn part(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.root.join(name);
        fs::create_dir_all(&path)?;
        Ok(path)
    }

    /// Waits until no other program works on `name`, and keeps others out until the file is dropped.
    ///
    /// # Errors
    /// When the lock file cannot be made.
    pub fn lock(&self, name: &str) -> io::Result<File> {
        let file = self.lock_file(name)?;
        file.lock()?;
        Ok(file)
    }

    /// As [`Cache::lock`], but none at once where another program works on `name`.
    ///
    /// # Errors
    /// When the lock file cannot be made.
    pub fn try_lock(&self, name: &str) -> io::Result<Option<File>> {
        let file = self.lock_file(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }

    fn lock_file(&self, name: &str) -> io::Result<File> {
        let path = self.part("locks")?.join(format!("{name}.lock"));
        File::options().create(true).truncate(false).write(true).open(path)
    }

    /// The verdict kept under a key. A damaged one counts as none.
    pub fn verdict(&self, key: &str) -> Option<super::Verdict> {
        let text = fs::read(self.root.join("verdicts").join(format!("{key}.json"))).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps a verdict under a key.
    ///
    /// # Errors
    /// When it cannot be written; nothing depends on it.
    pub fn keep_verdict(&self, key: &str, verdict: &super::Verdict) -> io::Result<()> {
        let folder = self.part("verdicts")?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        // One write: the serializer makes one of every token, and a timeline has thousands.
        file.write_all(&serde_json::to_vec(verdict)?)?;
        file.persist(folder.join(format!("{key}.json"))).map_err(|error| error.error)?;
        prune(&folder, VERDICTS_KEPT)
    }

    /// Removes the incremental builds that were used longest ago, but for those that a program builds in.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn prune_builds(&self) -> io::Result<()> {
        for path in surplus(&self.part("builds")?, BUILDS_KEPT)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(_lock) = self.try_lock(&format!("build-{name}"))? {
                remove(&path);
            }
        }
        Ok(())
    }

    /// What the parts of the cache take, in bytes.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sizes(&self) -> io::Result<Vec<(String, u64)>> {
        let mut sizes = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            sizes.push((entry.file_name().to_string_lossy().into_owned(), size(&entry.path())));
        }
        sizes.sort();
        Ok(sizes)
    }

    /// Empties the cache.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn clean(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let path = entry?.path();
            if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
        }
        Ok(())
    }
}

/// Removes all but the `kept` entries that were changed last.
fn prune(folder: &Path, kept: usize) -> io::Result<()> {
    surplus(folder, kept)?.iter().for_each(|path| remove(path));
    Ok(())
}

/// All but the `kept` entries that were changed last.
fn surplus(folder: &Path, kept: usize) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    if entries.len() <= kept {
        return Ok(Vec::new());
    }
    let mut entries: Vec<_> = entries
        .into_iter()
        .map(|entry| (entry.metadata().and_then(|data| data.modified()).ok(), entry.path()))
        .collect();
    entries.sort();
    entries.truncate(entries.len() - kept);
    Ok(entries.into_iter().map(|(_, path)| path).collect())
}

fn remove(path: &Path) {
    // Another program may remove it at the same time.
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

fn size(path: &Path) -> u64 {
    let Ok(data) = path.symlink_metadata() else { return 0 };
    if !data.is_dir() {
        return data.len();
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| size(&entry.path())).sum()
}

/// A key for content: equal exactly for equal parts.
pub fn key<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest = format!("{:x}", hash.finalize());
    digest[..24].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_depends_on_where_a_part_ends() {
        assert_ne!(key([b"ab".as_slice(), b"c"]), key([b"a".as_slice(), b"bc"]));
        assert_eq!(key([b"ab".as_slice()]), key([b"ab".as_slice()]));
    }

    #[test]
    fn a_lock_keeps_others_out_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path()).unwrap();
        let held = cache.lock("x").unwrap();
        assert!(cache.try_lock("x").unwrap().is_none());
        assert!(cache.try_lock("y").unwrap().is_some());
        drop(held);
        assert!(cache.try_lock("x").unwrap().is_some());
    }

    #[test]
    fn pruning_keeps_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        for (name, age) in [("old", 300), ("older", 400), ("new", 1)] {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(age)).unwrap();
        }
        prune(folder.path(), 1).unwrap();
        assert!(folder.path().join("new").exists() && !folder.path().join("old").exists());
    }
}
