//! Which files are looked at: all Python and Rust below the paths, as `.gitignore` allows; symbolic links are not followed.

use super::Problem;
use super::config::Config;
use super::source::SourceFile;
use crate::course::Track;
use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Larger files are generated or data, and are not read, in bytes.
const LARGEST: u64 = 8 << 20;

/// Folders that hold other people's or generated code.
const FOREIGN: [&str; 6] = ["target", "node_modules", "venv", "__pycache__", "site-packages", "__pypackages__"];

/// A path that is not there.
#[derive(Debug, thiserror::Error)]
#[error("there is no file or folder {0}; give the path of the code to review")]
pub(super) struct Missing(String);

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub sources: Vec<SourceFile>,
    pub problems: Vec<Problem>,
}

/// Finds and reads the files below the paths.
pub(super) fn discover(paths: &[PathBuf], config: &Config) -> Result<Found, Missing> {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        let Ok(metadata) = std::fs::metadata(path) else { return Err(Missing(path.display().to_string())) };
        if metadata.is_file() {
            match track_of(path) {
                Some(track) => add(path, track, &mut seen, &mut found),
                None => found.problems.push(Problem::whole(path, "neither a .py nor a .rs file")),
            }
            continue;
        }
        let mut walk = WalkBuilder::new(path);
        walk.follow_links(false).require_git(false).sort_by_file_name(Ord::cmp);
        let root = path.clone();
        walk.filter_entry(move |entry| {
            let foreign = entry.file_name().to_str().is_some_and(|name| FOREIGN.contains(&name));
            !foreign || entry.path() == root || !entry.file_type().is_some_and(|kind| kind.is_dir())
        });
        if let Some(overrides) = excludes(path, config) {
            walk.overrides(overrides);
        }
        for entry in walk.build() {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if let (true, Some(track)) = (is_file, track_of(entry.path())) {
                        add(entry.path(), track, &mut seen, &mut found);
                    }
                }
                Err(error) => found.problems.push(Problem::whole(path, error)),
            }
        }
    }
    Ok(found)
}

fn excludes(root: &Path, config: &Config) -> Option<ignore::overrides::Override> {
    if config.exclude.is_empty() {
        return None;
    }
    let mut overrides = OverrideBuilder::new(root);
    for pattern in &config.exclude {
        overrides.add(&format!("!{pattern}")).ok()?;
    }
    overrides.build().ok()
}

/// The language of a file, by its ending.
pub(super) fn track_of(path: &Path) -> Option<Track> {
    match path.extension()?.to_str()? {
        "rs" => Some(Track::Rust),
        "py" | "pyw" => Some(Track::Python),
        _ => None,
    }
}

fn add(path: &Path, track: Track, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if !seen.insert(real) {
        return;
    }
    match load(path) {
        Ok(text) => found.sources.push(SourceFile::new(path, track, text, true)),
        Err(text) => found.problems.push(Problem::whole(path, text)),
    }
}

/// The text of a file, or why it is not to be had.
pub(super) fn load(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| format!("failed to open: {error}"))?.len();
    if size > LARGEST {
        return Err(format!("{} MB long; files over {} MB are not read", size >> 20, LARGEST >> 20));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("failed to read: {error}"))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        // Old Python files name their encoding; every byte of this family is a letter.
        Err(error) if is_latin(error.as_bytes()) => Ok(error.as_bytes().iter().map(|byte| char::from(*byte)).collect()),
        Err(error) => Err(format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to())),
    }
}

/// Whether one of the first two lines says `coding: latin-1`, as PEP 263 has it.
fn is_latin(bytes: &[u8]) -> bool {
    let head: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').take(2).collect();
    head.iter().any(|line| {
        let line = String::from_utf8_lossy(line).to_lowercase();
        line.starts_with('#') && line.contains("coding") && (line.contains("latin") || line.contains("8859"))
    })
}
