//! The store over its life, and what it survives.

use super::attempt::tests::an_attempt;
use super::notice::{Notice, SetAside};
use super::*;
use crate::course::Track::Rust;
use crate::workspace::Trouble;
use std::fs;
use std::path::{Path, PathBuf};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path("")).unwrap();
        folder
    }

    /// With two saved attempts; the backup has the first.
    fn with_two_attempts() -> Folder {
        let folder = Folder::new();
        let mut store = folder.open_quietly();
        assert_eq!(store.record(an_attempt("fan-out", 1, Outcome::Failed)), []);
        assert_eq!(store.record(an_attempt("fan-out", 2, Outcome::Passed)), []);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(".awaitlings").join(name)
    }

    fn main(&self) -> PathBuf {
        self.path("progress.toml")
    }

    fn open(&self) -> (Store, Vec<Notice>) {
        Store::open(self.0.path())
    }

    fn open_quietly(&self) -> Store {
        let (store, notices) = self.open();
        assert_eq!(notices, []);
        store
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("")).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn attempts(store: &Store) -> u64 {
    store.progress().of("fan-out", Rust).map_or(0, |done| done.attempts)
}

#[test]
fn what_is_recorded_is_there_after_opening_again() {
    let folder = Folder::with_two_attempts();
    let mut store = folder.open_quietly();
    assert_eq!(attempts(&store), 2);
    assert_eq!(store.progress().state("fan-out", Rust), State::Passed);
    assert_eq!(store.hint_seen("fan-out", Rust, 2), []);
    assert_eq!(folder.open_quietly().progress(), store.progress());
    assert_eq!(folder.names(), ["progress.lock", "progress.toml", "progress.toml.bak"]);
}

#[test]
fn a_new_folder_is_empty_and_opening_writes_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let (store, notices) = Store::open(temp.path());
    assert_eq!((store.progress(), notices), (&Progress::default(), vec![]));
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0);
}

#[test]
fn a_hint_that_was_seen_before_is_not_saved_again() {
    let folder = Folder::new();
    let mut store = folder.open_quietly();
    assert_eq!(store.hint_seen("fan-out", Rust, 2), []);
    fs::remove_file(folder.main()).unwrap();
    assert_eq!(store.hint_seen("fan-out", Rust, 1), []);
    assert!(!folder.main().exists());
}

#[test]
fn two_programs_see_and_keep_what_the_other_does() {
    let folder = Folder::new();
    let (mut one, mut other) = (folder.open_quietly(), folder.open_quietly());
    for second in [1, 3, 5] {
        assert_eq!(one.record(an_attempt("fan-out", second, Outcome::Failed)), []);
        assert_eq!(other.record(an_attempt("fan-out", second + 1, Outcome::Failed)), []);
    }
    assert_eq!(attempts(&folder.open_quietly()), 6);
    assert_eq!(attempts(&one), 5);
    one.reload();
    assert_eq!(attempts(&one), 6);
}

#[test]
fn a_damaged_file_is_set_aside_and_the_backup_is_used_and_told_once() {
    for damaged in ["", "version = 1\n[exercises.fan-out.ru", "\u{0}\u{0}\u{0}"] {
        let folder = Folder::with_two_attempts();
        fs::write(folder.main(), damaged).unwrap();
        fs::write(folder.path("progress.toml.damaged-1"), "of last year").unwrap();
        let (store, notices) = folder.open();
        let [Notice::Damaged { file, set_aside, backup_used: true, .. }] = &notices[..] else { panic!("{notices:?}") };
        assert_eq!(file, &folder.main());
        assert_eq!(set_aside, &SetAside::As(folder.path("progress.toml.damaged-2")));
        assert_eq!(fs::read_to_string(folder.path("progress.toml.damaged-2")).unwrap(), damaged);
        assert_eq!(fs::read_to_string(folder.path("progress.toml.damaged-1")).unwrap(), "of last year");
        assert_eq!(attempts(&store), 1);
        assert_eq!(attempts(&folder.open_quietly()), 1);
    }
}

#[test]
fn a_file_damaged_while_the_program_runs_costs_nothing() {
    let folder = Folder::with_two_attempts();
    let mut store = folder.open_quietly();
    fs::write(folder.main(), "version = ").unwrap();
    let notices = store.record(an_attempt("fan-out", 3, Outcome::Failed));
    assert!(matches!(&notices[..], [Notice::Damaged { backup_used: true, .. }]), "{notices:?}");
    assert_eq!(attempts(&store), 3);
    assert_eq!(folder.open_quietly().progress(), store.progress());
    assert_eq!(store.trouble(), None);
}

#[test]
fn without_a_good_backup_both_files_are_set_aside_and_progress_starts_anew() {
    let folder = Folder::with_two_attempts();
    fs::write(folder.main(), "= one").unwrap();
    fs::write(folder.path("progress.toml.bak"), "= two").unwrap();
    let (store, notices) = folder.open();
    let kept: Vec<_> = notices
        .iter()
        .map(|notice| match notice {
            Notice::Damaged { set_aside: SetAside::As(path), backup_used: false, .. } => {
                fs::read_to_string(path).unwrap()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kept, ["= two", "= one"]);
    assert_eq!(store.progress(), &Progress::default());
    folder.open_quietly();
}

#[test]
fn a_missing_file_comes_back_from_the_backup() {
    let folder = Folder::with_two_attempts();
    fs::remove_file(folder.main()).unwrap();
    let (store, notices) = folder.open();
    assert_eq!(notices, [Notice::Missing { file: folder.main(), backup: folder.path("progress.toml.bak") }]);
    assert_eq!(attempts(&store), 1);
    assert_eq!(attempts(&folder.open_quietly()), 1);
}

#[test]
fn a_backup_of_a_newer_program_is_all_there_is_and_so_is_not_written_over() {
    let folder = Folder::with_two_attempts();
    let backup = folder.path("progress.toml.bak");
    fs::write(folder.main(), "damaged").unwrap();
    fs::write(&backup, "version = 2\n").unwrap();
    let (mut store, notices) = folder.open();
    assert_eq!(notices, [Notice::Newer { file: backup.clone(), version: 2 }]);
    assert_eq!(store.record(an_attempt("fan-out", 3, Outcome::Failed)), []);
    assert_eq!(attempts(&store), 1);
    assert_eq!(fs::read_to_string(&backup).unwrap(), "version = 2\n");
    assert_eq!(fs::read_to_string(folder.path("progress.toml.damaged-1")).unwrap(), "damaged");
}

#[test]
fn a_newer_file_is_read_and_never_written() {
    let folder = Folder::with_two_attempts();
    let newer = fs::read_to_string(folder.main()).unwrap().replace("version = 1", "version = 2");
    fs::write(folder.main(), &newer).unwrap();
    let (mut store, notices) = folder.open();
    let notice = Notice::Newer { file: folder.main(), version: 2 };
    assert_eq!(notices, std::slice::from_ref(&notice));
    assert_eq!(attempts(&store), 2);
    // Told once, and the banner stays.
    assert_eq!(store.record(an_attempt("fan-out", 3, Outcome::Failed)), []);
    assert_eq!((attempts(&store), store.trouble()), (3, Some(&notice)));
    assert_eq!(fs::read_to_string(folder.main()).unwrap(), newer);
}

#[test]
fn a_file_that_becomes_newer_while_the_program_runs_is_not_written_either() {
    let folder = Folder::with_two_attempts();
    let mut store = folder.open_quietly();
    fs::write(folder.main(), "version = 2\n").unwrap();
    let notices = store.record(an_attempt("fan-out", 3, Outcome::Failed));
    assert_eq!(notices, [Notice::Newer { file: folder.main(), version: 2 }]);
    assert_eq!(fs::read_to_string(folder.main()).unwrap(), "version = 2\n");
}

#[test]
fn when_saving_fails_work_goes_on_in_memory_and_is_saved_when_it_can_be() {
    let folder = Folder::with_two_attempts();
    let mut store = folder.open_quietly();
    // A folder under the temporary name stops every write, root's too.
    let in_the_way = folder.path(".progress.toml.tmp");
    fs::create_dir(&in_the_way).unwrap();
    let before = fs::read(folder.main()).unwrap();
    let notices = store.record(an_attempt("fan-out", 3, Outcome::Failed));
    assert_eq!(notices, [Notice::NotSaved { file: folder.main(), trouble: Trouble::InTheWay }]);
    assert_eq!(store.record(an_attempt("fan-out", 4, Outcome::Failed)), []);
    assert_eq!(attempts(&store), 4);
    assert_eq!(fs::read(folder.main()).unwrap(), before);
    // Meanwhile another program gets through.
    fs::remove_dir(&in_the_way).unwrap();
    assert_eq!(folder.open_quietly().record(an_attempt("fan-out", 5, Outcome::Failed)), []);
    let notices = store.record(an_attempt("fan-out", 6, Outcome::Failed));
    assert_eq!(notices, [Notice::SavedAgain { file: folder.main() }]);
    assert_eq!((attempts(&store), store.trouble()), (6, None));
    assert_eq!(folder.open_quietly().progress(), store.progress());
}

#[test]
fn places_that_can_never_be_written_are_told_and_worked_around() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("file"), "").unwrap();
    fs::create_dir(temp.path().join("dojo")).unwrap();
    fs::write(temp.path().join("dojo/.awaitlings"), "").unwrap();
    for (folder, trouble) in [("gone", Trouble::Gone), ("file", Trouble::InTheWay), ("dojo", Trouble::InTheWay)] {
        let (mut store, _) = Store::open(&temp.path().join(folder));
        let notices = store.record(an_attempt("fan-out", 1, Outcome::Passed));
        let Some(Notice::NotSaved { trouble: told, .. }) = store.trouble() else { panic!("{folder}: {notices:?}") };
        assert_eq!(told, &trouble, "{folder}");
        assert_eq!(store.progress().state("fan-out", Rust), State::Passed);
        assert!(!temp.path().join("gone").exists());
    }
}

#[test]
fn a_folder_in_the_place_of_the_file_is_told_and_left() {
    let folder = Folder::with_two_attempts();
    fs::remove_file(folder.main()).unwrap();
    fs::create_dir(folder.main()).unwrap();
    let (store, notices) = folder.open();
    assert_eq!(notices, [Notice::Unreadable { file: folder.main(), trouble: Trouble::InTheWay }]);
    // The backup is shown meanwhile.
    assert_eq!(attempts(&store), 1);
    assert!(folder.main().is_dir());
}

#[test]
fn a_damaged_file_that_cannot_be_set_aside_is_not_written_over() {
    let folder = Folder::with_two_attempts();
    fs::write(folder.main(), "damaged").unwrap();
    // Without a lock nothing may be changed.
    fs::remove_file(folder.path("progress.lock")).unwrap();
    fs::create_dir(folder.path("progress.lock")).unwrap();
    let (mut store, notices) = folder.open();
    let not = SetAside::Not(Trouble::InTheWay);
    assert!(matches!(&notices[..], [Notice::Damaged { set_aside, backup_used: true, .. }] if *set_aside == not));
    assert_eq!(attempts(&store), 1);
    let notices = store.record(an_attempt("fan-out", 3, Outcome::Failed));
    assert_eq!(notices, [Notice::NotSaved { file: folder.main(), trouble: Trouble::InTheWay }]);
    assert_eq!(attempts(&store), 2);
    assert_eq!(fs::read_to_string(folder.main()).unwrap(), "damaged");
}

#[test]
fn a_backup_that_cannot_be_written_does_not_stop_saving_and_is_told_once() {
    let folder = Folder::with_two_attempts();
    let backup = folder.path("progress.toml.bak");
    fs::remove_file(&backup).unwrap();
    fs::create_dir(&backup).unwrap();
    let mut store = folder.open_quietly();
    let notices = store.record(an_attempt("fan-out", 3, Outcome::Failed));
    assert_eq!(notices, [Notice::NoBackup { file: backup, trouble: Trouble::InTheWay }]);
    assert_eq!(store.record(an_attempt("fan-out", 4, Outcome::Failed)), []);
    assert_eq!(attempts(&folder.open_quietly()), 4);
}

#[test]
fn what_a_killed_program_left_behind_is_in_nobodys_way() {
    let folder = Folder::with_two_attempts();
    fs::write(folder.path(".progress.toml.tmp"), "half a fi").unwrap();
    fs::hard_link(folder.main(), folder.path(".progress.toml.bak.tmp")).unwrap();
    let mut store = folder.open_quietly();
    assert_eq!(store.record(an_attempt("fan-out", 3, Outcome::Failed)), []);
    assert_eq!(folder.names(), ["progress.lock", "progress.toml", "progress.toml.bak"]);
}

#[test]
fn the_learners_folder_may_be_anywhere() {
    let (store, notices) = Store::open(Path::new("/dev/null/nowhere"));
    assert_eq!(store.progress(), &Progress::default());
    assert!(matches!(&notices[..], [Notice::Unreadable { trouble: Trouble::InTheWay, .. }]), "{notices:?}");
}
