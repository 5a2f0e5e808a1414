//! The store: progress in memory and in `.awaitlings/progress.toml`, several programs at once.
//!
//! A save takes the lock, reads what is on disk, merges what this program knows, adds what happened since its last save, and
//! replaces the file; the one before becomes `progress.toml.bak`. So nothing that any program recorded is lost, whatever is
//! killed when. While the disk cannot be written everything goes on in memory, and each save tries again.

use super::attempt::Attempt;
use super::notice::Notice;
use super::record::{Change, Progress};
use super::recover::{Files, Opened};
use crate::course::Track;
use crate::workspace::lock::Lock;
use crate::workspace::{OUR_FOLDER, Trouble, atomic};
use std::fs;
use std::io;
use std::path::Path;

/// What the learner has done, and where it is kept. Saving takes some milliseconds and waits for the disk.
#[derive(Debug)]
pub struct Store {
    files: Files,
    /// What was on disk at the last save or read.
    saved: Progress,
    /// What happened since.
    pending: Vec<Change>,
    /// Both together.
    progress: Progress,
    /// Why progress is not being saved.
    trouble: Option<Notice>,
    /// Smaller worries, which are told once.
    told: Vec<Notice>,
}

impl Store {
    /// Opens the store of a learner's folder. There always is one: whatever is wrong is told in the notices.
    pub fn open(folder: &Path) -> (Store, Vec<Notice>) {
        let files = Files::of(folder.join(OUR_FOLDER));
        let Opened { progress, notices, trouble } = files.open();
        let saved = progress.clone();
        (Store { files, saved, pending: Vec::new(), progress, trouble, told: Vec::new() }, notices)
    }

    /// What the learner has done.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Why progress is not being saved, as long as it is not: for a banner that stays.
    pub fn trouble(&self) -> Option<&Notice> {
        self.trouble.as_ref()
    }

    /// Records an attempt and saves. The notices are those that are new.
    #[must_use = "notices are for the learner"]
    pub fn record(&mut self, attempt: Attempt) -> Vec<Notice> {
        self.change(Change::Attempt(attempt))
    }

    /// Records that the first `number` hints of an exercise were shown, and saves if that is new.
    #[must_use = "notices are for the learner"]
    pub fn hint_seen(&mut self, exercise: &str, track: Track, number: u32) -> Vec<Notice> {
        if self.progress.of(exercise, track).is_some_and(|done| done.hints_seen >= number) {
            return Vec::new();
        }
        self.change(Change::Hint { exercise: exercise.to_owned(), track, number })
    }

    /// Takes over what other programs have saved. Writes nothing; what cannot be read changes nothing.
    pub fn reload(&mut self) {
        if let Opened { progress, trouble: None, notices } = self.files.open()
            && notices.is_empty()
        {
            self.saved = progress.merge(std::mem::take(&mut self.saved));
            self.progress = self.saved.clone();
            for change in &self.pending {
                self.progress.apply(change);
            }
        }
    }

    fn change(&mut self, change: Change) -> Vec<Notice> {
        self.progress.apply(&change);
        self.pending.push(change);
        let mut notices = Vec::new();
        match self.save(&mut notices) {
            Ok(()) if self.trouble.take().is_some() => {
                notices.push(Notice::SavedAgain { file: self.files.main.clone() });
            }
            Ok(()) => {}
            Err(trouble) => {
                if self.trouble.as_ref() != Some(&trouble) {
                    notices.push(trouble.clone());
                }
                self.trouble = Some(trouble);
            }
        }
        notices
    }

    fn save(&mut self, notices: &mut Vec<Notice>) -> Result<(), Notice> {
        let not_saved =
            |error: &io::Error| Notice::NotSaved { file: self.files.main.clone(), trouble: Trouble::from(error) };
        make_folder(&self.files.folder).map_err(|error| not_saved(&error))?;
        let lock = Lock::wait(&self.files.lock).map_err(|error| not_saved(&error))?;
        let on_disk = self.files.load(notices)?;
        let mut progress = on_disk.merge(self.saved.clone());
        for change in &self.pending {
            progress.apply(change);
        }
        let backup = match atomic::keep_as(&self.files.main, &self.files.backup) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        self.files.write(&progress).map_err(|error| not_saved(&error))?;
        self.saved = progress.clone();
        self.progress = progress;
        self.pending.clear();
        if let Err(error) = backup {
            let trouble = Trouble::from(&error);
            self.tell_once(Notice::NoBackup { file: self.files.backup.clone(), trouble }, notices);
        }
        if matches!(lock, Lock::NoLocksHere) {
            self.tell_once(Notice::NoLock { folder: self.files.folder.clone() }, notices);
        }
        Ok(())
    }

    fn tell_once(&mut self, notice: Notice, notices: &mut Vec<Notice>) {
        if !self.told.contains(&notice) {
            self.told.push(notice.clone());
            notices.push(notice);
        }
    }
}

/// Only `.awaitlings` itself: if the learner's folder is gone, it is not made anew for this.
fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        result => result,
    }
}
