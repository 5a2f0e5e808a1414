//! One program at a time: a lock that the system releases when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// A held lock; dropped, it is released.
#[derive(Debug)]
pub(crate) enum Lock {
    /// Held through this file.
    Held {
        /// Open as long as the lock is held.
        _file: File,
    },
    /// The file system has no locks (some network ones). Better to go on without than not at all: losing an update
    /// takes two programs that save within the same millisecond.
    NoLocksHere,
}

impl Lock {
    /// Waits for the lock on `path`, which is made if need be and never removed: who removed it would let a third
    /// program lock a new file of the same name. Holders keep it for some milliseconds.
    pub(crate) fn wait(path: &Path) -> io::Result<Lock> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock::Held { _file: file }),
            Err(TryLockError::WouldBlock) => file.lock().map(|()| Lock::Held { _file: file }),
            Err(TryLockError::Error(error)) if has_no_locks(&error) => Ok(Lock::NoLocksHere),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

fn has_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported || error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_keeps_others_out_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.lock");
        let lock = Lock::wait(&path).unwrap();
        let other = File::open(&path).unwrap();
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        drop(lock);
        other.try_lock().unwrap();
    }

    #[test]
    fn a_file_system_without_locks_is_told_from_a_failure() {
        assert!(has_no_locks(&rustix::io::Errno::NOLCK.into()));
        assert!(has_no_locks(&rustix::io::Errno::OPNOTSUPP.into()));
        assert!(!has_no_locks(&rustix::io::Errno::IO.into()));
    }
}
