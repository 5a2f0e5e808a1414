//! The learner's folder over its life: made, worked in, reset, undone, and brought up to date with newer courses.

use super::*;
use crate::course::Track::{self, Python, Rust};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

const STUB: &str = "pub async fn fetch_all() {}\n";

fn fan_out() -> ExerciseRef {
    ExerciseRef::new("01-basic-patterns", "03-fan-out")
}

/// A course with two exercises; `first` and `second` are the Rust stub texts.
fn plan(first: &str, second: &str) -> Plan {
    let mut plan = Plan::new(Settings { track: Python, ..Settings::default() });
    plan.stub(fan_out(), Rust, first)
        .stub(fan_out(), Python, "async def fetch_all(): ...\n")
        .stub(ExerciseRef::new("02-limits", "01-gate"), Rust, second)
        .harness("rust/src/lib.rs", "// harness\n")
        .projects("tokio = \"1\"", &["pytest"]);
    plan
}

struct Dojo {
    temp: tempfile::TempDir,
    workspace: Workspace,
}

impl Dojo {
    fn new() -> Dojo {
        let temp = tempfile::tempdir().unwrap();
        let (workspace, _) = Workspace::create(&temp.path().join("dojo"), &plan(STUB, STUB)).unwrap();
        Dojo { temp, workspace }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.workspace.root().join(path)).unwrap()
    }

    fn write(&self, path: &str, content: &str) {
        fs::write(self.workspace.root().join(path), content).unwrap();
    }

    fn has(&self, path: &str) -> bool {
        self.workspace.root().join(path).symlink_metadata().is_ok()
    }

    fn refresh(&self, plan: &Plan) -> Refreshed {
        self.workspace.refresh(plan).unwrap()
    }
}

fn paths(paths: &[&str]) -> Vec<std::path::PathBuf> {
    paths.iter().map(std::path::PathBuf::from).collect()
}

const FAN_OUT: &str = "exercises/01-basic-patterns/03-fan-out.rs";
const GATE: &str = "exercises/02-limits/01-gate.rs";
const BACKUPS: &str = ".awaitlings/backups/fan-out.rust";
const MODULES: &str = ".awaitlings/exercises.rs";

#[test]
fn a_new_folder_has_everything_and_is_found() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("a/b/dojo");
    let (workspace, created) = Workspace::create(&root, &plan(STUB, STUB)).unwrap();
    assert_eq!(
        created.added,
        paths(&[
            FAN_OUT,
            "exercises/01-basic-patterns/03-fan-out.py",
            GATE,
            ".awaitlings/harness/rust/src/lib.rs",
            "Cargo.toml",
            "pyproject.toml",
            ".gitignore",
            MODULES,
            "awaitlings.toml",
        ])
    );
    assert_eq!(created.kept, paths(&[]));
    assert_eq!(Workspace::find(&root.join("exercises")), Some(workspace.clone()));
    assert_eq!(workspace.settings(), (Settings { track: Python, ..Settings::default() }, vec![]));
    let modules = fs::read_to_string(root.join(MODULES)).unwrap();
    assert!(modules.contains("#[path = \"../exercises/02-limits/01-gate.rs\"]\npub mod gate;"), "{modules}");
}

#[test]
fn making_a_folder_again_changes_nothing_and_completes_what_is_missing() {
    let dojo = Dojo::new();
    dojo.write(FAN_OUT, "mine");
    fs::remove_file(dojo.workspace.root().join(GATE)).unwrap();
    let (_, created) = Workspace::create(dojo.workspace.root(), &plan(STUB, STUB)).unwrap();
    // The list of modules is the same: all exercises are there again.
    assert_eq!(created.added, paths(&[GATE]));
    assert_eq!(created.kept, paths(&["awaitlings.toml"]));
    assert_eq!(dojo.read(FAN_OUT), "mine");
}

#[test]
fn in_a_folder_with_files_only_what_is_missing_is_added() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("Cargo.toml"), "# mine").unwrap();
    fs::write(temp.path().join("notes.md"), "mine too").unwrap();
    let (_, created) = Workspace::create(temp.path(), &plan(STUB, STUB)).unwrap();
    assert_eq!(created.kept, paths(&["Cargo.toml"]));
    assert_eq!(fs::read_to_string(temp.path().join("Cargo.toml")).unwrap(), "# mine");
    assert_eq!(fs::read_to_string(temp.path().join("notes.md")).unwrap(), "mine too");
}

#[test]
fn places_that_cannot_be_are_refused_with_words() {
    let temp = tempfile::tempdir().unwrap();
    let refusal = |dir: &Path| Workspace::create(dir, &plan(STUB, STUB)).unwrap_err();
    let file = temp.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert_eq!(refusal(&file), WorkspaceError::NotAFolder { path: file.clone() });
    assert!(refusal(&file.join("dojo")).to_string().contains("a file is in the way"));
    let taken = temp.path().join("taken");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join(".awaitlings"), "mine").unwrap();
    assert!(refusal(&taken).to_string().contains("taken/.awaitlings: a file is in the way"));
    assert!(!taken.join("exercises").exists());
    let dojo = Dojo::new();
    let within = dojo.workspace.root().join("exercises/new");
    assert_eq!(refusal(&within), WorkspaceError::Inside { path: within, outer: dojo.workspace.root().to_owned() });
}

#[test]
fn the_folder_itself_may_be_named_by_a_way_round() {
    let dojo = Dojo::new();
    let (again, _) = Workspace::create(&dojo.workspace.root().join("exercises/.."), &plan(STUB, STUB)).unwrap();
    assert_eq!(again.root().canonicalize().unwrap(), dojo.workspace.root().canonicalize().unwrap());
}

#[test]
fn a_plan_that_leads_out_of_the_folder_writes_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let mut plan = plan(STUB, STUB);
    plan.editable("../outside", "x");
    let error = Workspace::create(&temp.path().join("dojo"), &plan).unwrap_err();
    assert_eq!(error, WorkspaceError::BadName { name: "../outside".into() });
    assert!(!temp.path().join("outside").exists());
    assert!(!temp.path().join("dojo/exercises").exists());
}

#[test]
fn links_that_lead_out_of_the_folder_are_not_written_through() {
    let dojo = Dojo::new();
    let outside = dojo.temp.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("01-gate.rs"), STUB).unwrap();
    let module = dojo.workspace.root().join("exercises/02-limits");
    fs::remove_dir_all(&module).unwrap();
    symlink(&outside, &module).unwrap();
    let error = dojo.workspace.refresh(&plan(STUB, "// newer\n")).unwrap_err();
    assert!(matches!(error, WorkspaceError::LeadsOut { .. }), "{error}");
    let gate = ExerciseRef::new("02-limits", "01-gate");
    let error = dojo.workspace.reset(&gate, Rust, "// newer\n").unwrap_err();
    assert!(matches!(error, WorkspaceError::LeadsOut { .. }), "{error}");
    assert_eq!(fs::read_to_string(outside.join("01-gate.rs")).unwrap(), STUB);
}

#[test]
fn an_exercise_that_is_a_link_is_left_alone() {
    let dojo = Dojo::new();
    let (file, outside) = (dojo.workspace.root().join(FAN_OUT), dojo.temp.path().join("outside.rs"));
    fs::write(&outside, "mine").unwrap();
    fs::remove_file(&file).unwrap();
    symlink(&outside, &file).unwrap();
    assert_eq!(dojo.refresh(&plan("// newer\n", STUB)).kept_edited, paths(&[FAN_OUT]));
    let error = dojo.workspace.reset(&fan_out(), Rust, STUB).unwrap_err();
    assert_eq!(error, WorkspaceError::Link { path: file });
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
}

#[test]
fn a_reset_keeps_the_work_and_can_be_undone_and_that_too() {
    let dojo = Dojo::new();
    dojo.write(FAN_OUT, "my work");
    let file = dojo.workspace.root().join(FAN_OUT);
    let backup = |number: &str| dojo.workspace.root().join(BACKUPS).join(number);

    let reset = dojo.workspace.reset(&fan_out(), Rust, STUB).unwrap();
    assert_eq!(reset, Reset::Done { file: file.clone(), backup: Some(backup("0001.rs")) });
    assert_eq!(dojo.read(FAN_OUT), STUB);
    assert_eq!(dojo.workspace.reset(&fan_out(), Rust, STUB).unwrap(), Reset::AlreadyStub { file: file.clone() });

    let undone = dojo.workspace.undo_reset(&fan_out(), Rust).unwrap();
    assert_eq!(undone, Undone { file, restored: backup("0001.rs"), backup: Some(backup("0002.rs")) });
    assert_eq!(dojo.read(FAN_OUT), "my work");
    dojo.workspace.undo_reset(&fan_out(), Rust).unwrap();
    assert_eq!(dojo.read(FAN_OUT), STUB);
    dojo.workspace.undo_reset(&fan_out(), Rust).unwrap();
    assert_eq!(dojo.read(FAN_OUT), "my work");
    assert_eq!(fs::read_to_string(backup("0001.rs")).unwrap(), "my work");
}

#[test]
fn the_tracks_of_an_exercise_are_reset_apart() {
    let dojo = Dojo::new();
    dojo.write(FAN_OUT, "my work");
    assert_eq!(
        dojo.workspace.undo_reset(&fan_out(), Python),
        Err(WorkspaceError::NothingToUndo { exercise: "fan-out".into() })
    );
    dojo.workspace.reset(&fan_out(), Python, "# new\n").unwrap();
    assert_eq!(dojo.read(FAN_OUT), "my work");
    assert_eq!(dojo.read("exercises/01-basic-patterns/03-fan-out.py"), "# new\n");
}

#[test]
fn a_deleted_exercise_comes_back_by_a_reset() {
    let dojo = Dojo::new();
    let file = dojo.workspace.root().join(FAN_OUT);
    fs::remove_dir_all(file.parent().unwrap()).unwrap();
    let reset = dojo.workspace.reset(&fan_out(), Rust, STUB).unwrap();
    assert_eq!(reset, Reset::Done { file, backup: None });
    assert_eq!(dojo.read(FAN_OUT), STUB);
}

#[test]
fn backups_are_never_replaced_even_beside_strange_files() {
    let dojo = Dojo::new();
    let folder = dojo.workspace.root().join(BACKUPS);
    fs::create_dir_all(&folder).unwrap();
    for name in ["0007.rs", "9999.rs", "10.rs", "x.rs", "0012.txt"] {
        fs::write(folder.join(name), name).unwrap();
    }
    dojo.write(FAN_OUT, "my work");
    dojo.workspace.reset(&fan_out(), Rust, STUB).unwrap();
    assert_eq!(fs::read_to_string(folder.join("10000.rs")).unwrap(), "my work");
    assert_eq!(fs::read_to_string(folder.join("9999.rs")).unwrap(), "9999.rs");
}

#[test]
fn a_newer_course_replaces_what_is_untouched_and_leaves_what_was_edited() {
    let dojo = Dojo::new();
    dojo.write(FAN_OUT, "my work");
    let newer = plan("// newer\n", "// newer\n");
    let refreshed = dojo.refresh(&newer);
    let expected = Refreshed { updated: paths(&[GATE]), kept_edited: paths(&[FAN_OUT]), ..Refreshed::default() };
    assert_eq!(refreshed, expected);
    assert_eq!(dojo.read(FAN_OUT), "my work");
    assert_eq!(dojo.read(GATE), "// newer\n");
    // It is told once.
    assert_eq!(dojo.refresh(&newer), Refreshed::default());
    // Reset, the file is as written and follows the course again.
    dojo.workspace.reset(&fan_out(), Rust, "// newer\n").unwrap();
    assert_eq!(dojo.refresh(&plan("// newest\n", "// newer\n")).updated, paths(&[FAN_OUT]));
}

#[test]
fn a_newer_course_takes_away_what_it_has_no_more_unless_it_was_edited() {
    let dojo = Dojo::new();
    dojo.write("exercises/01-basic-patterns/03-fan-out.py", "my work");
    let mut empty = Plan::new(Settings::default());
    empty.projects("tokio = \"1\"", &["pytest"]);
    let refreshed = dojo.refresh(&empty);
    assert_eq!(refreshed.removed, paths(&[".awaitlings/harness/rust/src/lib.rs", FAN_OUT, GATE]));
    assert_eq!(refreshed.kept_edited, paths(&["exercises/01-basic-patterns/03-fan-out.py"]));
    assert_eq!(refreshed.updated, paths(&[MODULES]));
    assert!(!dojo.has("exercises/02-limits"));
    assert_eq!(dojo.refresh(&empty), Refreshed::default());
}

#[test]
fn a_reordered_course_moves_what_is_untouched_and_finds_what_was_edited() {
    let dojo = Dojo::new();
    dojo.write(FAN_OUT, "my work");
    let reordered_fan_out = ExerciseRef::new("02-basic-patterns", "01-fan-out");
    let mut reordered = Plan::new(Settings::default());
    reordered
        .stub(ExerciseRef::new("01-limits", "09-gate"), Rust, "// newer\n")
        .stub(reordered_fan_out.clone(), Rust, STUB)
        .stub(reordered_fan_out.clone(), Python, "async def fetch_all(): ...\n")
        .harness("rust/src/lib.rs", "// harness\n")
        .projects("tokio = \"1\"", &["pytest"]);
    let refreshed = dojo.refresh(&reordered);
    assert_eq!(
        refreshed.updated,
        paths(&["exercises/01-limits/09-gate.rs", "exercises/02-basic-patterns/01-fan-out.py", MODULES])
    );
    assert_eq!(refreshed.kept_edited, paths(&[]));
    assert_eq!((refreshed.added, refreshed.removed), (paths(&[]), paths(&[])));
    assert_eq!(dojo.read("exercises/01-limits/09-gate.rs"), "// newer\n");
    assert!(!dojo.has("exercises/02-limits"));
    let found = dojo.workspace.exercise_file(&reordered_fan_out, Rust).unwrap();
    assert_eq!(found, dojo.workspace.root().join(FAN_OUT));
    assert!(dojo.read(MODULES).contains(&format!("#[path = \"../{FAN_OUT}\"]\npub mod fan_out;")));
}

#[test]
fn files_of_ours_are_as_planned_and_an_edit_of_them_is_kept() {
    let dojo = Dojo::new();
    let harness = ".awaitlings/harness/rust/src/lib.rs";
    dojo.write(harness, "// mine\n");
    assert_eq!(dojo.refresh(&plan(STUB, STUB)).updated, paths(&[harness]));
    assert_eq!(dojo.read(harness), "// harness\n");
    assert_eq!(dojo.read(".awaitlings/backups/.awaitlings+harness+rust+src+lib.rs/0001.rs"), "// mine\n");
}

#[test]
fn an_edited_cargo_toml_is_left_alone() {
    let dojo = Dojo::new();
    dojo.write("Cargo.toml", "# mine");
    let mut newer = plan(STUB, STUB);
    newer.files.retain(|file| file.purpose != Purpose::Editable);
    newer.projects("tokio = \"2\"", &["pytest>=9"]);
    let refreshed = dojo.refresh(&newer);
    assert_eq!((refreshed.kept_edited, refreshed.updated), (paths(&["Cargo.toml"]), paths(&["pyproject.toml"])));
    assert_eq!(dojo.read("Cargo.toml"), "# mine");
}

#[test]
fn without_its_records_a_folder_loses_nothing() {
    for records in ["", "not toml = = \n", "version = \"x\"\n", "version = 1\nfiles = 3\n"] {
        let dojo = Dojo::new();
        dojo.write(FAN_OUT, "my work");
        dojo.write(".awaitlings/stubs.toml", records);
        let refreshed = dojo.refresh(&plan("// newer\n", STUB));
        assert_eq!(refreshed, Refreshed { kept_edited: paths(&[FAN_OUT]), ..Refreshed::default() }, "{records:?}");
        assert_eq!(dojo.read(FAN_OUT), "my work");
        // What is as the course has it counts as written again.
        assert_eq!(dojo.refresh(&plan("// newer\n", "// newer\n")).updated, paths(&[GATE]));
    }
}

#[test]
fn a_folder_of_a_newer_program_is_not_changed() {
    let dojo = Dojo::new();
    dojo.write(".awaitlings/stubs.toml", "version = 2\nsomething = \"new\"\n");
    let error = dojo.workspace.refresh(&plan("// newer\n", STUB)).unwrap_err();
    assert!(matches!(error, WorkspaceError::Newer { version: 2, .. }), "{error}");
    assert_eq!(dojo.read(FAN_OUT), STUB);
    assert_eq!(dojo.read(".awaitlings/stubs.toml"), "version = 2\nsomething = \"new\"\n");
}

#[test]
fn every_error_says_what_happened_where_and_what_to_do_in_both_languages() {
    use crate::course::Language;
    let path = || std::path::PathBuf::from("/dojo/x");
    let problem = SettingsProblem { path: path(), position: None, mistake: SettingsMistake::NotUtf8 };
    for (error, word) in [
        (WorkspaceError::Read { path: path(), trouble: Trouble::NotAllowed }, "/dojo/x"),
        (WorkspaceError::Write { path: path(), trouble: Trouble::Full }, "/dojo/x"),
        (WorkspaceError::NotAFolder { path: path() }, "/dojo/x"),
        (WorkspaceError::Inside { path: path(), outer: "/dojo".into() }, "/dojo/x"),
        (WorkspaceError::Link { path: path() }, "/dojo/x"),
        (WorkspaceError::LeadsOut { path: path(), target: "/etc".into() }, "/etc"),
        (WorkspaceError::BadName { name: "../x".into() }, "../x"),
        (WorkspaceError::Newer { path: path(), version: 3 }, "3"),
        (WorkspaceError::NothingToUndo { exercise: "fan-out".into() }, "fan-out"),
        (WorkspaceError::JustChanged { path: path() }, "/dojo/x"),
        (WorkspaceError::Settings(Box::new(problem)), "/dojo/x"),
    ] {
        let (en, zh) = (error.words(Language::En), error.words(Language::Zh));
        assert!(en.contains(word) && zh.contains(word), "{en}\n{zh}");
        assert!(en.ends_with('.') && zh.ends_with('。'), "{en}\n{zh}");
        assert!(en.is_ascii() && !zh.is_ascii(), "{en}\n{zh}");
    }
}

#[test]
fn a_track_that_has_no_stub_has_no_file() {
    let dojo = Dojo::new();
    let gate = ExerciseRef::new("02-limits", "01-gate");
    let file = |track: Track| dojo.workspace.exercise_file(&gate, track);
    assert_eq!((file(Rust), file(Python)), (Some(dojo.workspace.root().join(GATE)), None));
}
