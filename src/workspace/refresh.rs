//! Bringing the folder up to date with a course: what is as it was written is replaced, what was edited is left alone and
//! reported, once for each new version of the file.

use super::atomic::{self, Durable, Replaced};
use super::backup::Shelf;
use super::lookup::Index;
use super::manifest::{Entry, Manifest};
use super::{OUR_FOLDER, Plan, PlannedFile, Purpose, Workspace, WorkspaceError, content_hash, generated, inside};
use crate::course::Track;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a refresh did. Paths are seen from the folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refreshed {
    /// Untouched files that have the course's new content now, or its new place.
    pub updated: Vec<PathBuf>,
    /// Files that the learner edited and for which the course has something new (or nothing any more): left alone.
    pub kept_edited: Vec<PathBuf>,
    /// Files that were not there.
    pub added: Vec<PathBuf>,
    /// Untouched files that the course has no more.
    pub removed: Vec<PathBuf>,
}

impl Refreshed {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Refreshed::default()
    }
}

impl Workspace {
    /// Brings the folder up to date with the plan.
    pub fn refresh(&self, plan: &Plan) -> Result<Refreshed, WorkspaceError> {
        for file in &plan.files {
            inside::check_relative(&file.path)?;
        }
        let _lock = self.lock()?;
        let mut refresh = Refresh {
            workspace: self,
            index: Index::of(&self.root),
            old: Manifest::read(&self.root)?,
            new: Manifest::default(),
            report: Refreshed::default(),
        };
        for file in &plan.files {
            refresh.one(file)?;
        }
        // Rust's list of modules depends on where the files are now.
        refresh.index = Index::of(&self.root);
        let list = refresh.list_of_modules(plan);
        refresh.one(&list)?;
        refresh.take_away()?;
        refresh.new.write(&self.root)?;
        Ok(refresh.report)
    }
}

struct Refresh<'w> {
    workspace: &'w Workspace,
    index: Index,
    /// What is left of the records of last time.
    old: Manifest,
    new: Manifest,
    report: Refreshed,
}

impl Refresh<'_> {
    fn one(&mut self, file: &PlannedFile) -> Result<(), WorkspaceError> {
        let entry = self.old.take(file).unwrap_or_default();
        let offered = content_hash(file.content.as_bytes());
        let written = match &file.purpose {
            Purpose::Ours => self.ours(file, &entry, &offered)?,
            Purpose::Editable => self.learners(file, &file.path, &entry, &offered)?,
            Purpose::Stub(exercise, track) => {
                let place = self.index.file(exercise, *track).unwrap_or(&file.path).to_owned();
                self.learners(file, &place, &entry, &offered)?
            }
        };
        self.new.put(file, written, offered);
        Ok(())
    }

    /// A file that the learner may have edited, now at `place`. Returns the hash of what we last wrote there.
    fn learners(
        &mut self,
        file: &PlannedFile,
        place: &Path,
        entry: &Entry,
        offered: &str,
    ) -> Result<Option<String>, WorkspaceError> {
        let Some(present) = self.hash_at(place)? else {
            return self.add(file, offered);
        };
        let untouched = present == Present::Content(offered.to_owned())
            || entry.written.as_ref().is_some_and(|written| present == Present::Content(written.clone()));
        if !untouched {
            return Ok(self.keep(place, entry, offered));
        }
        let moved = self.move_to(place, &file.path)?;
        let place = if moved { &file.path } else { place };
        if present != Present::Content(offered.to_owned()) {
            let path = inside::make_way(&self.workspace.root, place)?;
            let as_written = |content: &[u8]| entry.written.as_ref() == Some(&content_hash(content));
            let replaced = atomic::replace_if(&path, file.content.as_bytes(), as_written);
            if replaced.map_err(WorkspaceError::write(&path))? == Replaced::Changed {
                return Ok(self.keep(place, entry, offered));
            }
        } else if !moved {
            return Ok(Some(offered.to_owned()));
        }
        self.report.updated.push(place.to_owned());
        Ok(Some(offered.to_owned()))
    }

    fn add(&mut self, file: &PlannedFile, offered: &str) -> Result<Option<String>, WorkspaceError> {
        let path = inside::make_way(&self.workspace.root, &file.path)?;
        match atomic::create(&path, file.content.as_bytes(), Durable::Later) {
            Ok(()) => {
                self.report.added.push(file.path.clone());
                Ok(Some(offered.to_owned()))
            }
            // Somebody made it at this very moment.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Ok(self.keep(&file.path, &Entry::default(), offered))
            }
            Err(error) => Err(WorkspaceError::write(&path)(error)),
        }
    }

    /// Leaves an edited file alone; tells so if the course has something for it that was not told before.
    fn keep(&mut self, place: &Path, entry: &Entry, offered: &str) -> Option<String> {
        if entry.offered.as_deref() != Some(offered) {
            self.report.kept_edited.push(place.to_owned());
        }
        entry.written.clone()
    }

    /// Moves an untouched file to where the course wants it, unless something else is there.
    fn move_to(&mut self, place: &Path, wanted: &Path) -> Result<bool, WorkspaceError> {
        if place == wanted {
            return Ok(false);
        }
        let from = inside::make_way(&self.workspace.root, place)?;
        let to = inside::make_way(&self.workspace.root, wanted)?;
        match atomic::rename_new(&from, &to) {
            Ok(()) => {
                self.drop_empty_folder(place);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(WorkspaceError::write(&to)(error)),
        }
    }

    /// A file of ours is always as planned. Should somebody have edited it, their version goes to the backups.
    fn ours(&mut self, file: &PlannedFile, entry: &Entry, offered: &str) -> Result<Option<String>, WorkspaceError> {
        let path = inside::make_way(&self.workspace.root, &file.path)?;
        match self.hash_at(&file.path)? {
            Some(Present::Content(hash)) if hash == offered => return Ok(Some(hash)),
            Some(Present::Content(hash)) => {
                if entry.written.as_ref() != Some(&hash) {
                    let content = atomic::read(&path).map_err(WorkspaceError::read(&path))?;
                    Shelf::of_file(&file.path).keep(self.workspace, &content)?;
                }
                self.report.updated.push(file.path.clone());
            }
            Some(Present::Special) => {
                return Err(WorkspaceError::write(&path)(io::ErrorKind::AlreadyExists.into()));
            }
            None => self.report.added.push(file.path.clone()),
        }
        atomic::write(&path, file.content.as_bytes(), Durable::Later).map_err(WorkspaceError::write(&path))?;
        Ok(Some(offered.to_owned()))
    }

    fn list_of_modules(&self, plan: &Plan) -> PlannedFile {
        let places = plan.exercises(Track::Rust).filter_map(|exercise| {
            let place = self.index.file(exercise, Track::Rust)?;
            self.workspace.root.join(place).is_file().then_some((exercise.id.as_str(), place))
        });
        PlannedFile {
            path: Path::new(OUR_FOLDER).join("exercises.rs"),
            content: generated::exercises_rs(places),
            purpose: Purpose::Ours,
        }
    }

    /// What an earlier plan had and this one has not: taken away if untouched, else left and told.
    fn take_away(&mut self) -> Result<(), WorkspaceError> {
        for (planned, entry) in std::mem::take(&mut self.old).into_files() {
            if inside::check_relative(&planned).is_err() {
                continue;
            }
            let id = entry.exercise.clone().zip(entry.track);
            let place = id.and_then(|id| self.index.anywhere(&id)).map_or(planned, Path::to_owned);
            match (self.hash_at(&place)?, &entry.written) {
                (None, _) | (_, None) => {}
                (Some(Present::Content(hash)), Some(written)) if hash == *written => {
                    let path = inside::make_way(&self.workspace.root, &place)?;
                    fs::remove_file(&path).map_err(WorkspaceError::write(&path))?;
                    self.drop_empty_folder(&place);
                    self.report.removed.push(place);
                }
                _ => self.report.kept_edited.push(place),
            }
        }
        Ok(())
    }

    /// Folders that the last file has left go too; one that is not empty stays, which is all that can fail here.
    fn drop_empty_folder(&self, place: &Path) {
        if let Some(folder) = place.parent().filter(|folder| folder.components().count() > 1) {
            let _ = fs::remove_dir(self.workspace.root.join(folder));
        }
    }

    fn hash_at(&self, place: &Path) -> Result<Option<Present>, WorkspaceError> {
        let path = self.workspace.root.join(place);
        match path.symlink_metadata() {
            Ok(found) if found.is_file() => {
                let content = atomic::read(&path).map_err(WorkspaceError::read(&path))?;
                Ok(Some(Present::Content(content_hash(&content))))
            }
            Ok(_) => Ok(Some(Present::Special)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(WorkspaceError::read(&path)(error)),
        }
    }
}

/// What is at a place.
#[derive(Debug, PartialEq, Eq)]
enum Present {
    /// A file with content of this hash.
    Content(String),
    /// A link, a folder or something odder: never ours to change.
    Special,
}
