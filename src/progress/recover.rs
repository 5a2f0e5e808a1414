//! The files of the store, read so that progress survives a damaged or a missing one.
//!
//! Saving never leaves a moment without a good `progress.toml` (`workspace::atomic`). What is handled here came from elsewhere:
//! a failing disk, a sync tool, an editor.

use super::notice::{Notice, SetAside};
use super::read::{self, Read};
use super::record::Progress;
use crate::workspace::lock::Lock;
use crate::workspace::{Trouble, atomic};
use std::io;
use std::path::{Path, PathBuf};

/// Where everything is.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub(super) folder: PathBuf,
    pub(super) main: PathBuf,
    pub(super) backup: PathBuf,
    pub(super) lock: PathBuf,
}

/// What opening found. What is wrong and stays so is `trouble`, which is also the last of the `notices`.
pub(super) struct Opened {
    pub(super) progress: Progress,
    pub(super) notices: Vec<Notice>,
    pub(super) trouble: Option<Notice>,
}

impl Files {
    pub(super) fn of(folder: PathBuf) -> Files {
        let at = |name: &str| folder.join(name);
        Files { main: at("progress.toml"), backup: at("progress.toml.bak"), lock: at("progress.lock"), folder }
    }

    /// Reads what there is. Normally this takes no lock and writes nothing, and so works on a read-only disk: files are
    /// replaced whole, so there is always a whole one.
    pub(super) fn open(&self) -> Opened {
        let good = |progress| Opened { progress, notices: Vec::new(), trouble: None };
        match read::read(&self.main) {
            Read::Good(progress) => good(progress),
            Read::Newer { version, progress } => {
                stuck(progress, Vec::new(), Notice::Newer { file: self.main.clone(), version })
            }
            Read::Unreadable(trouble) => {
                let notice = Notice::Unreadable { file: self.main.clone(), trouble };
                stuck(self.good_backup().unwrap_or_default(), Vec::new(), notice)
            }
            Read::Absent if read::read(&self.backup) == Read::Absent => good(Progress::default()),
            Read::Absent | Read::Damaged(_) => self.repair(),
        }
    }

    /// Sets right what [`Files::load`] can, so that it is told once.
    fn repair(&self) -> Opened {
        let mut notices = Vec::new();
        let result = Lock::wait(&self.lock).and_then(|_lock| match self.load(&mut notices) {
            Ok(progress) => self.write(&progress).map(|()| Ok(progress)),
            Err(notice) => Ok(Err(notice)),
        });
        match result {
            Ok(Ok(progress)) => Opened { progress, notices, trouble: None },
            Ok(Err(notice)) => stuck(self.good_backup().unwrap_or_default(), notices, notice),
            Err(error) => {
                let (file, trouble, backup) = (self.main.clone(), Trouble::from(&error), self.good_backup());
                let notice = match read::read(&file) {
                    Read::Damaged(damage) => {
                        let (set_aside, backup_used) = (SetAside::Not(trouble), backup.is_some());
                        Notice::Damaged { file, damage, set_aside, backup_used }
                    }
                    _ => Notice::NotSaved { file, trouble },
                };
                stuck(backup.unwrap_or_default(), notices, notice)
            }
        }
    }

    /// Reads with the lock held; sets damaged files aside. An error is why nothing may be written.
    pub(super) fn load(&self, notices: &mut Vec<Notice>) -> Result<Progress, Notice> {
        match read::read(&self.main) {
            Read::Good(progress) => Ok(progress),
            Read::Newer { version, .. } => Err(Notice::Newer { file: self.main.clone(), version }),
            Read::Unreadable(trouble) => Err(Notice::Unreadable { file: self.main.clone(), trouble }),
            Read::Absent => {
                let backed_up = self.load_backup(notices)?;
                if backed_up.is_some() {
                    notices.push(Notice::Missing { file: self.main.clone(), backup: self.backup.clone() });
                }
                Ok(backed_up.unwrap_or_default())
            }
            Read::Damaged(damage) => {
                let file = self.main.clone();
                let path = match self.set_aside(&file) {
                    Ok(path) => path,
                    Err(error) => {
                        let (set_aside, backup_used) =
                            (SetAside::Not(Trouble::from(&error)), self.good_backup().is_some());
                        return Err(Notice::Damaged { file, damage, set_aside, backup_used });
                    }
                };
                let backed_up = self.load_backup(notices)?;
                let (set_aside, backup_used) = (SetAside::As(path), backed_up.is_some());
                notices.push(Notice::Damaged { file, damage, set_aside, backup_used });
                Ok(backed_up.unwrap_or_default())
            }
        }
    }

    /// Reads the backup when the file itself is no use. What the backup holds may then be all there is, so it is written over
    /// only when it could be read.
    fn load_backup(&self, notices: &mut Vec<Notice>) -> Result<Option<Progress>, Notice> {
        let file = self.backup.clone();
        match read::read(&file) {
            Read::Good(progress) => Ok(Some(progress)),
            Read::Absent => Ok(None),
            Read::Newer { version, .. } => Err(Notice::Newer { file, version }),
            Read::Unreadable(trouble) => Err(Notice::Unreadable { file, trouble }),
            Read::Damaged(damage) => {
                let (set_aside, failed) = match self.set_aside(&file) {
                    Ok(path) => (SetAside::As(path), false),
                    Err(error) => (SetAside::Not(Trouble::from(&error)), true),
                };
                let notice = Notice::Damaged { file, damage, set_aside, backup_used: false };
                if failed {
                    return Err(notice);
                }
                notices.push(notice);
                Ok(None)
            }
        }
    }

    fn good_backup(&self) -> Option<Progress> {
        match read::read(&self.backup) {
            Read::Good(progress) | Read::Newer { progress, .. } => Some(progress),
            Read::Absent | Read::Damaged(_) | Read::Unreadable(_) => None,
        }
    }

    /// Renames a damaged file to the first free `progress.toml.damaged-<n>`.
    fn set_aside(&self, file: &Path) -> io::Result<PathBuf> {
        let mut number = 1;
        loop {
            let aside = self.folder.join(format!("progress.toml.damaged-{number}"));
            match atomic::rename_new(file, &aside) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                result => return result.map(|()| aside),
            }
        }
    }

    /// Writes the file, with the lock held.
    pub(super) fn write(&self, progress: &Progress) -> io::Result<()> {
        let text = read::text(progress)?;
        atomic::write(&self.main, text.as_bytes(), atomic::Durable::Now)
    }
}

fn stuck(progress: Progress, mut notices: Vec<Notice>, trouble: Notice) -> Opened {
    notices.push(trouble.clone());
    Opened { progress, notices, trouble: Some(trouble) }
}
