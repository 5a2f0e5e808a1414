//! Writing a file so that whoever looks at it, and whatever is killed half-way, finds the old content or the new one.
//!
//! The new content goes into a temporary file of one fixed name in the same folder, which then takes the file's place.
//! What a killed program left behind under that name is thrown away by the next write. Callers hold a lock
//! ([`super::lock`]) where two programs could write the same file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// When the content must be safe from a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durable {
    /// When the call returns: what only the learner has.
    Now,
    /// When the system gets to it: what the course can write again.
    Later,
}

/// How [`replace_if`] went.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Replaced {
    /// The file has the new content.
    Yes,
    /// The file had other content than the caller believed, and still has it.
    Changed,
}

/// Gives `path` the content, whether it existed or not. A link at `path` is replaced, not followed.
pub(crate) fn write(path: &Path, content: &[u8], durable: Durable) -> io::Result<()> {
    let temp = Temp::with(path, content, durable)?;
    fs::rename(&temp.0, path)?;
    temp.done();
    sync_folder(path, durable)
}

/// Makes `path` with the content; [`io::ErrorKind::AlreadyExists`] if anything is there, which is then untouched.
pub(crate) fn create(path: &Path, content: &[u8], durable: Durable) -> io::Result<()> {
    let temp = Temp::with(path, content, durable)?;
    rename_new(&temp.0, path)?;
    temp.done();
    sync_folder(path, durable)
}

/// Gives the existing `path` the content if its present content is what `expected` accepts. The two files change places
/// and the old one is looked at afterwards, so that a save which arrives in between is seen and put back.
pub(crate) fn replace_if(path: &Path, content: &[u8], expected: impl Fn(&[u8]) -> bool) -> io::Result<Replaced> {
    if !expected(&fs::read(path)?) {
        return Ok(Replaced::Changed);
    }
    let temp = Temp::with(path, content, Durable::Now)?;
    match exchange(&temp.0, path) {
        Ok(()) if !expected(&fs::read(&temp.0)?) => {
            exchange(&temp.0, path)?;
            return Ok(Replaced::Changed);
        }
        Ok(()) => {}
        Err(error) if is_unsupported(&error) => {
            fs::rename(&temp.0, path)?;
            temp.done();
        }
        Err(error) => return Err(error),
    }
    sync_folder(path, Durable::Now)?;
    Ok(Replaced::Yes)
}

/// Renames without ever replacing: [`io::ErrorKind::AlreadyExists`] if anything is at `to`.
pub(crate) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    match system::rename_new(from, to) {
        Err(error) if is_unsupported(&error) => {
            // The file system cannot promise it (some network ones): look first, which is as good as it gets there.
            if to.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(from, to)
        }
        result => result,
    }
}

/// Keeps the present content of `path` as `backup` as well, replacing an older one. Until `path` is written the next time
/// the two names are one file, so this costs no copy.
pub(crate) fn keep_as(path: &Path, backup: &Path) -> io::Result<()> {
    let temp = Temp(temp_name(backup));
    clear(&temp.0)?;
    if fs::hard_link(path, &temp.0).is_err() {
        // No hard links here.
        fs::copy(path, &temp.0)?;
        File::open(&temp.0)?.sync_all()?;
    }
    fs::rename(&temp.0, backup)?;
    // When both names were one file already, rename does nothing and leaves the first: dropping `temp` removes it.
    Ok(())
}

/// The content of a regular file. Anything else (a folder, a pipe that would never end) is an error.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !kind.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    fs::read(path)
}

/// A temporary file that is removed unless it has found its place.
struct Temp(PathBuf);

impl Temp {
    fn with(path: &Path, content: &[u8], durable: Durable) -> io::Result<Temp> {
        let temp = temp_name(path);
        clear(&temp)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(&temp)?;
        let temp = Temp(temp);
        file.write_all(content)?;
        if let Ok(old) = path.symlink_metadata()
            && old.is_file()
        {
            file.set_permissions(old.permissions())?;
        }
        if durable == Durable::Now {
            file.sync_all()?;
        }
        Ok(temp)
    }

    fn done(self) {
        std::mem::forget(self);
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        // Nothing can be done about a failure here; the next write clears the name.
        let _ = fs::remove_file(&self.0);
    }
}

fn temp_name(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    path.with_file_name(name)
}

fn clear(temp: &Path) -> io::Result<()> {
    match fs::remove_file(temp) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync_folder(path: &Path, durable: Durable) -> io::Result<()> {
    let Some(folder) = path.parent().filter(|_| durable == Durable::Now) else { return Ok(()) };
    match File::open(folder)?.sync_all() {
        // Some file systems cannot sync a folder, and need not.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}

fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    system::exchange(one, other)
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The two renames that the standard library does not have.
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod system {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use std::{io, path::Path};

    pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
    }

    pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod system {
    use std::{io, path::Path};

    pub(super) fn rename_new(_from: &Path, _to: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn writing_replaces_the_content_keeps_the_mode_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        write(&file, b"one", Durable::Now).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        write(&file, b"two", Durable::Later).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_link_is_replaced_and_what_it_points_to_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "mine").unwrap();
        symlink(&target, &link).unwrap();
        write(&link, b"new", Durable::Now).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"mine");
        assert_eq!(fs::read(&link).unwrap(), b"new");
    }

    #[test]
    fn a_link_under_the_temporary_name_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(&target, "mine").unwrap();
        symlink(&target, folder.path().join(".a.tmp")).unwrap();
        write(&folder.path().join("a"), b"new", Durable::Now).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"mine");
        assert_eq!(names(folder.path()), ["a", "target"]);
    }

    #[test]
    fn creating_never_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        create(&file, b"one", Durable::Now).unwrap();
        assert_eq!(create(&file, b"two", Durable::Now).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_file_that_changed_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "edited").unwrap();
        assert_eq!(replace_if(&file, b"new", |old| old == b"stub").unwrap(), Replaced::Changed);
        assert_eq!(fs::read(&file).unwrap(), b"edited");
        assert_eq!(replace_if(&file, b"new", |old| old == b"edited").unwrap(), Replaced::Yes);
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_save_that_arrives_in_the_middle_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "stub").unwrap();
        // The first look still sees the stub; the learner saves before the second.
        let looks = std::cell::Cell::new(0);
        let expected = |old: &[u8]| {
            looks.set(looks.get() + 1);
            if looks.get() == 1 {
                fs::write(&file, "saved just now").unwrap();
                return old == b"stub";
            }
            old == b"stub"
        };
        assert_eq!(replace_if(&file, b"new", expected).unwrap(), Replaced::Changed);
        assert_eq!(fs::read(&file).unwrap(), b"saved just now");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn the_backup_is_the_content_before_the_next_write() {
        let folder = tempfile::tempdir().unwrap();
        let (file, backup) = (folder.path().join("a"), folder.path().join("a.bak"));
        for content in ["one", "two", "three"] {
            if file.exists() {
                keep_as(&file, &backup).unwrap();
                keep_as(&file, &backup).unwrap();
            }
            write(&file, content.as_bytes(), Durable::Now).unwrap();
        }
        assert_eq!(fs::read(&backup).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["a", "a.bak"]);
    }

    #[test]
    fn only_regular_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(read(Path::new("/dev/zero")).unwrap_err().to_string(), "not a regular file");
        assert_eq!(read(&folder.path().join("none")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
