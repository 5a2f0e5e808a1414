//! `.awaitlings/stubs.toml`: what awaitlings wrote where, by hash, so that a file that the learner edited is told from one
//! that is as it was written.
//!
//! ```toml
//! version = 1
//!
//! [files."exercises/01-basic-patterns/01-first-await.rs"]
//! exercise = "first-await"    # stubs only: these are found again by exercise and track
//! track = "rust"
//! written = "9f86d0..."       # SHA-256 of what was last written there; missing: never, the file was there before
//! offered = "60303a..."       # SHA-256 of the newest content that the course had for it
//! ```
//!
//! The file can be lost without harm: files that are as the course has them are recognised by content, all others count as
//! edited.

use super::atomic::{self, Durable};
use super::{OUR_FOLDER, PlannedFile, Purpose, Trouble, WorkspaceError, inside};
use crate::course::Track;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

const VERSION: i64 = 1;

/// The records, by the path that the course last had for the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: i64,
    #[serde(default)]
    files: BTreeMap<String, Entry>,
}

/// One file that the course has, or had.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The id of the exercise, if it is a stub.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exercise: Option<String>,
    /// The stub's track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) track: Option<Track>,
    /// Hash of what was last written into the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) written: Option<String>,
    /// Hash of the newest content of the course.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offered: Option<String>,
}

impl Manifest {
    fn path(root: &Path) -> PathBuf {
        root.join(OUR_FOLDER).join("stubs.toml")
    }

    /// The manifest of the folder. None, or a damaged one, is an empty one; a newer one is an error, since the program that
    /// wrote it may keep the folder in another way.
    pub(super) fn read(root: &Path) -> Result<Manifest, WorkspaceError> {
        let path = Manifest::path(root);
        let bytes = match atomic::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
            Err(error) => return Err(WorkspaceError::Read { path, trouble: Trouble::from(&error) }),
        };
        let Some(table) = String::from_utf8(bytes).ok().and_then(|text| text.parse::<toml::Table>().ok()) else {
            return Ok(Manifest::default());
        };
        match table.get("version").and_then(toml::Value::as_integer) {
            Some(version) if version > VERSION => Err(WorkspaceError::Newer { path, version }),
            _ => Ok(table.try_into().unwrap_or_default()),
        }
    }

    pub(super) fn write(&mut self, root: &Path) -> Result<(), WorkspaceError> {
        self.version = VERSION;
        let path = inside::make_way(root, &Path::new(OUR_FOLDER).join("stubs.toml"))?;
        let records = toml::to_string(self).map_err(|error| WorkspaceError::write(&path)(io::Error::other(error)))?;
        let text = format!("# What awaitlings wrote into this folder. It is made again when it is lost.\n{records}");
        if atomic::read(&path).is_ok_and(|known| known == text.as_bytes()) {
            return Ok(());
        }
        atomic::write(&path, text.as_bytes(), Durable::Now).map_err(WorkspaceError::write(&path))
    }

    /// Takes out the record of a planned file: a stub's by exercise and track, wherever it was planned before; any other
    /// file's by path.
    pub(super) fn take(&mut self, file: &PlannedFile) -> Option<Entry> {
        let key = match &file.purpose {
            Purpose::Stub(exercise, track) => self.key_of(&exercise.id, *track)?,
            Purpose::Editable | Purpose::Ours => key(&file.path),
        };
        self.files.remove(&key)
    }

    /// Records a planned file.
    pub(super) fn put(&mut self, file: &PlannedFile, written: Option<String>, offered: String) {
        let (exercise, track) = match &file.purpose {
            Purpose::Stub(exercise, track) => (Some(exercise.id.clone()), Some(*track)),
            Purpose::Editable | Purpose::Ours => (None, None),
        };
        self.files.insert(key(&file.path), Entry { exercise, track, written, offered: Some(offered) });
    }

    /// Notes that a stub was written again, by a reset.
    pub(super) fn note_written(&mut self, exercise: &str, track: Track, written: String) {
        if let Some(entry) = self.key_of(exercise, track).and_then(|key| self.files.get_mut(&key)) {
            entry.written = Some(written);
        }
    }

    /// The records, taken out.
    pub(super) fn into_files(self) -> impl Iterator<Item = (PathBuf, Entry)> {
        self.files.into_iter().map(|(path, entry)| (PathBuf::from(path), entry))
    }

    fn key_of(&self, exercise: &str, track: Track) -> Option<String> {
        let is_it = |entry: &Entry| entry.exercise.as_deref() == Some(exercise) && entry.track == Some(track);
        self.files.iter().find(|(_, entry)| is_it(entry)).map(|(key, _)| key.clone())
    }
}

fn key(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
