//! The cargo packages that files belong to, by workspace.

use super::child::{Child, Ended, Finished};
use crate::review::report::Reason;
use crate::runner::cache::{self, Cache};
use crate::runner::rust::toolchain::on_path;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many workspaces' builds are kept.
const BUILDS_KEPT: usize = 3;

/// What cargo may print, in bytes: it repeats every message of every package.
const OUTPUT: usize = 256 << 20;

/// How often it is looked whether another review has ended.
const WAIT: Duration = Duration::from_millis(100);

/// Private memory of a compiler, in bytes.
const MEMORY: u64 = 8 << 30;

/// A workspace, and those of its packages that files were asked about.
#[derive(Debug)]
pub struct Workspace {
    /// Its folder, which cargo's messages name files from.
    pub root: PathBuf,
    /// The packages' ids.
    pub packages: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    src_path: PathBuf,
}

impl Package {
    /// Whether a file can belong to one of its targets. A loose file that only lies in the package's folder does not,
    /// and building the package would say nothing about it.
    fn may_have(&self, file: &Path) -> bool {
        let mut folders = self.targets.iter().filter_map(|target| target.src_path.parent());
        folders.any(|folder| file.starts_with(folder))
    }
}

/// The workspaces of these files, given by their real paths. Files without a `Cargo.toml` above them are in none.
///
/// # Errors
/// When cargo is missing or does not understand a manifest.
pub async fn of(files: &[PathBuf], limit: Duration) -> Result<Vec<Workspace>, Reason> {
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| folder_of(file)).collect();
    let mut known: Vec<(Workspace, Vec<Package>)> = Vec::new();
    for folder in folders {
        let manifest = folder.join("Cargo.toml");
        let is = |package: &Package| package.manifest_path == manifest;
        let at = match known.iter().position(|(_, packages)| packages.iter().any(is)) {
            Some(at) => at,
            None => {
                let args = ["metadata", "--no-deps", "--format-version", "1"].map(OsString::from);
                let mut child = cargo(args.into(), folder.to_owned(), limit)?;
                child.env.push(("CARGO_TERM_COLOR", Some("never".into())));
                let said = child.run().await.map_err(failed)?;
                let metadata: Metadata = match serde_json::from_str(&said.stdout) {
                    Ok(metadata) if said.succeeded() => metadata,
                    _ => return Err(complaint(&said, limit)),
                };
                let workspace = Workspace { root: metadata.workspace_root, packages: Vec::new() };
                known.push((workspace, metadata.packages));
                known.len() - 1
            }
        };
        let (workspace, packages) = &mut known[at];
        // A workspace without a package of its own is asked about no package of that folder.
        let own = |package: &&Package| is(package) && files.iter().any(|file| package.may_have(file));
        workspace.packages.extend(packages.iter().filter(own).map(|package| package.id.clone()));
    }
    Ok(known.into_iter().map(|(workspace, _)| workspace).filter(|workspace| !workspace.packages.is_empty()).collect())
}

/// Whether any of the files is in a package.
pub fn any(files: &[PathBuf]) -> bool {
    files.iter().any(|file| folder_of(file).is_some())
}

fn folder_of(file: &Path) -> Option<&Path> {
    file.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file())
}

/// Cargo, which must not install compilers on its own.
pub fn cargo(args: Vec<OsString>, folder: PathBuf, limit: Duration) -> Result<Child, Reason> {
    let program = on_path("cargo").ok_or_else(|| Reason::plain("no-cargo"))?;
    let mut child = Child::new(program, args, folder, limit);
    child.env.push(("RUSTUP_AUTO_INSTALL", Some("0".into())));
    child.memory = MEMORY;
    child.output = OUTPUT;
    Ok(child)
}

/// Why cargo could not do what it was asked, in its own words.
pub fn complaint(said: &Finished, limit: Duration) -> Reason {
    match said.ended {
        Ended::TimedOut => Reason::with("cargo-too-slow", "seconds", limit.as_secs()),
        Ended::Flooded => Reason::with("cargo-failed", "text", "it printed too much"),
        Ended::Exited(_) => {
            let is_error = |line: &&str| line.starts_with("error");
            let line = said.stderr.lines().find(is_error).or(said.stderr.lines().next()).unwrap_or("it said nothing");
            failed(line.trim_start_matches("error: ").to_owned())
        }
    }
}

/// Cargo could not be asked.
pub fn failed(text: String) -> Reason {
    Reason::with("cargo-failed", "text", crate::runner::output::harmless(&text))
}

/// Where cargo builds for a review: a folder of ours, so that the person's own is neither changed nor locked. The lock file is
/// put back as it was.
#[derive(Debug)]
pub struct Place {
    /// The target folder.
    pub target: PathBuf,
    lock_file: PathBuf,
    lock: Option<Vec<u8>>,
    _held: fs::File,
}

impl Place {
    /// The place for a workspace. Waits while another review builds there.
    ///
    /// # Errors
    /// When the cache cannot be used.
    pub async fn of(workspace: &Workspace) -> std::io::Result<Place> {
        let cache = Cache::open()?;
        let folder = cache.part("review")?;
        let key = cache::key([workspace.root.as_os_str().as_encoded_bytes()]);
        let held = loop {
            match cache.try_lock(&format!("review-{key}"))? {
                Some(held) => break held,
                None => tokio::time::sleep(WAIT).await,
            }
        };
        let target = folder.join(&key);
        fs::create_dir_all(&target)?;
        prune(&cache, &folder, &key)?;
        let lock_file = workspace.root.join("Cargo.lock");
        let lock = fs::read(&lock_file).ok();
        Ok(Place { target, lock_file, lock, _held: held })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let now = fs::read(&self.lock_file).ok();
        if now != self.lock {
            // What cannot be put back is a lock file that any build would have made.
            let _ = match &self.lock {
                Some(before) => fs::write(&self.lock_file, before),
                None => fs::remove_file(&self.lock_file),
            };
        }
    }
}

/// Removes the builds that were used longest ago, but for those that are in use.
fn prune(cache: &Cache, folder: &Path, own: &str) -> std::io::Result<()> {
    // The time of change of a used folder is not touched by cargo, so it is by this.
    fs::write(folder.join(own).join("used"), "")?;
    let entries = fs::read_dir(folder)?.flatten().filter(|entry| entry.file_name() != own);
    let used = |entry: &fs::DirEntry| entry.path().join("used").metadata().and_then(|data| data.modified()).ok();
    let mut entries: Vec<_> = entries.map(|entry| (used(&entry), entry)).collect();
    entries.sort_by_key(|(used, _)| std::cmp::Reverse(*used));
    for (_, entry) in entries.into_iter().skip(BUILDS_KEPT - 1) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(_held) = cache.try_lock(&format!("review-{name}"))? {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
