//! `awaitlings review` with the programs that it starts: cargo and clippy by default, the tests with `--run-tests`.

mod learner;

use learner::Learner;
use serde_json::Value;
use std::path::Path;

const MANIFEST: &str = "[package]\nname = \"thing\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

/// Only types tell that a guard is held here.
const HIDDEN_GUARD: &str = "\
use std::sync::{Mutex, MutexGuard};

static COUNT: Mutex<u32> = Mutex::new(0);

macro_rules! taken {
    () => {
        COUNT.lock().unwrap()
    };
}

pub struct Store;

impl Store {
    fn open(&self) -> impl std::ops::DerefMut<Target = u32> {
        guard()
    }
}

fn guard() -> MutexGuard<'static, u32> {
    taken!()
}

pub async fn count(store: Store) {
    let _unknown = store.open();
    let held = {
        let make: fn() -> MutexGuard<'static, u32> = guard;
        make()
    };
    std::future::ready(()).await;
    drop(held);
}
";

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn person(files: &[(&str, &str)]) -> Learner {
    let person = Learner::new();
    write(&person.folder, files);
    person
}

fn review(person: &Learner, more: &[&str]) -> (i32, Value) {
    let answer = person.gives(&[&["review", "--format", "json"], more].concat());
    (answer.code, answer.json())
}

fn criterion<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["criteria"].as_array().unwrap().iter().find(|one| one["criterion"] == id).unwrap()
}

fn reasons(report: &Value, id: &str) -> String {
    criterion(report, id)["reasons"].to_string()
}

#[test]
fn cargo_adds_what_only_types_tell_and_leaves_the_folder_as_it_was() {
    let person = person(&[("Cargo.toml", MANIFEST), ("src/lib.rs", HIDDEN_GUARD)]);
    let (code, report) = review(&person, &["src", "--no-cargo"]);
    assert_eq!((code, report["findings"].as_array().unwrap().len()), (0, 0), "{report:#}");
    assert!(report["cargo"].is_null());
    let (code, report) = review(&person, &["src"]);
    let found = &report["findings"][0];
    assert_eq!(
        (code, found["rule"].as_str(), found["file"].as_str()),
        (1, Some("lock-across-await"), Some("src/lib.rs"))
    );
    assert!(found["original"].as_str().unwrap().starts_with("clippy::await_holding_lock"), "{report:#}");
    let mut left: Vec<_> = std::fs::read_dir(&person.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left.iter().filter(|name| *name == "target" || *name == "Cargo.lock").count(), 0, "{left:?}");
}

#[test]
fn what_reading_and_cargo_both_find_is_told_once() {
    let code = "pub async fn save() {}\npub async fn all() {\n    let _ = save();\n    save();\n}\n";
    let person = person(&[("Cargo.toml", MANIFEST), ("src/lib.rs", code)]);
    let (_, report) = review(&person, &[]);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.iter().map(|one| one["line"].as_u64().unwrap()).collect::<Vec<_>>(), [3, 4], "{report:#}");
    assert!(findings.iter().all(|one| one["original"].is_string()), "{report:#}");
}

#[test]
fn without_a_cargo_that_can_build_reading_still_reports_and_one_line_says_so() {
    let code = "pub async fn wait() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";
    let broken = format!("{code}pub fn wrong() -> u32 {{ \"text\" }}\n");
    let unbuildable = person(&[("Cargo.toml", MANIFEST), ("src/lib.rs", &broken)]);
    let (exit, report) = review(&unbuildable, &[]);
    assert_eq!((exit, report["findings"][0]["rule"].as_str()), (1, Some("blocking-sleep")));
    let line = report["cargo"].as_str().unwrap();
    assert!(line.contains("could not compile `thing`") && line.lines().count() == 1, "{line}");

    let person = person(&[("Cargo.toml", MANIFEST), ("src/lib.rs", code)]);
    let empty = tempfile::tempdir().unwrap();
    let output = person.command(&["review", "--format", "json"]).env("PATH", empty.path()).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), report["findings"][0]["rule"].as_str()), (Some(1), Some("blocking-sleep")));
    assert!(report["cargo"].as_str().unwrap().contains("no `cargo` on PATH"));
    assert!(reasons(&report, "patterns").contains("no `cargo` on PATH"));
}

#[test]
fn a_package_is_not_built_for_a_file_that_only_lies_in_its_folder() {
    let person = person(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "compile_error!(\"built\");\n"),
        ("notes/sketch.rs", "pub async fn nothing() {}\n"),
    ]);
    let (code, report) = review(&person, &["notes/sketch.rs"]);
    assert!(code == 0 && report["cargo"].is_null(), "{report:#}");
    let (_, report) = review(&person, &["notes/sketch.rs", "src/lib.rs"]);
    assert!(report["cargo"].is_null(), "there is no async code in the package: {report:#}");
}

#[test]
fn rust_tests_are_run_and_counted_when_asked_for() {
    let code = "pub fn ready() -> bool { true }\n";
    let test = "#[test]\nfn good() { assert!(thing::ready()); }\n#[test]\n#[ignore]\nfn later() {}\n";
    let person = person(&[("Cargo.toml", MANIFEST), ("src/lib.rs", code), ("tests/all.rs", test)]);
    let (_, report) = review(&person, &[]);
    assert!(report["tests"].is_null());
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!(
        (code, &report["tests"]["passed"], &report["tests"]["skipped"]),
        (0, &1.into(), &1.into()),
        "{report:#}"
    );
    // It is not known of any of them that it is async.
    assert_eq!(criterion(&report, "tests-pass")["verdict"], "not-assessed");
    assert!(reasons(&report, "no-blocking").contains("not measured"));

    write(&person.folder, &[("tests/bad.rs", "#[test]\nfn wrong() { assert_eq!(1, 2); }\n")]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, &report["tests"]["failed"]), (1, &1.into()));
    assert_eq!(report["tests"]["failed_tests"], serde_json::json!(["wrong"]));

    write(&person.folder, &[("tests/bad.rs", "#[test]\nfn wrong() { std::process::abort(); }\n")]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, criterion(&report, "tests-pass")["verdict"].as_str()), (1, Some("fail")));
    assert!(reasons(&report, "tests-pass").contains("ended early"), "{report:#}");

    write(&person.folder, &[("tests/bad.rs", "#[test]\nfn wrong() { let () = 1; }\n")]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!(code, 1);
    assert!(reasons(&report, "tests-pass").contains("do not compile"), "{report:#}");
}

#[test]
fn zero_rust_tests_are_no_pass() {
    let person = person(&[("Cargo.toml", MANIFEST), ("src/lib.rs", "pub async fn wait() {}\n")]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, criterion(&report, "tests-pass")["verdict"].as_str()), (0, Some("not-assessed")));
    assert!(reasons(&report, "tests-pass").contains("ran no tests"), "{report:#}");
}

const APP: &str = "import asyncio\n\n\nasync def double(number):\n    await asyncio.sleep(0)\n    return 2 * number\n";
const TEST: &str = "import pytest\nfrom app import double\n\n\n@pytest.mark.asyncio\nasync def test_double():\n    assert await double(2) == 4\n";

#[test]
fn python_tests_are_run_and_counted_when_asked_for() {
    let person = person(&[("app.py", APP), ("test_app.py", TEST)]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, criterion(&report, "tests-pass")["verdict"].as_str()), (0, Some("pass")), "{report:#}");
    assert_eq!(report["tests"]["passed"], 1);
    let longest = &report["tests"]["longest_callback"];
    assert!(longest["what"].is_string() && longest["test"] == "test_app.py::test_double", "{report:#}");
    assert!(reasons(&report, "no-blocking").contains("longest callback"), "{report:#}");
    assert!(!person.folder.join("__pycache__").exists() && !person.folder.join(".pytest_cache").exists());

    let forgets = "import asyncio\n\n\ndef test_wrong():\n    asyncio.sleep(1)\n    assert False\n";
    write(&person.folder, &[("test_more.py", forgets)]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, &report["tests"]["failed"]), (1, &1.into()), "{report:#}");
    assert_eq!(report["tests"]["failed_tests"], serde_json::json!(["test_more.py::test_wrong"]));
    assert!(reasons(&report, "patterns").contains("coroutine 'sleep' was never awaited"), "{report:#}");
}

#[test]
fn zero_python_tests_and_a_run_that_ends_early_are_no_pass() {
    let person = person(&[("app.py", APP)]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, criterion(&report, "tests-pass")["verdict"].as_str()), (0, Some("not-assessed")));
    assert!(reasons(&report, "tests-pass").contains("ran no tests"), "{report:#}");
    let leaves = format!("{TEST}\n\ndef test_leaves():\n    import os\n    os._exit(0)\n");
    write(&person.folder, &[("test_app.py", &leaves)]);
    let (code, report) = review(&person, &["--run-tests"]);
    assert_eq!((code, criterion(&report, "tests-pass")["verdict"].as_str()), (1, Some("fail")), "{report:#}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_hanging_run_is_ended_at_its_limit_with_everything_that_it_started() {
    let hangs = "import os, subprocess, sys\n\n\ndef test_hangs():\n    other = subprocess.Popen([sys.executable, '-c', 'while True: pass'], start_new_session=True)\n    with open('started', 'w') as file:\n        file.write(str(other.pid))\n    other.wait()\n";
    let person = person(&[("app.py", APP), ("test_app.py", hangs)]);
    let (code, report) = review(&person, &["--run-tests", "--time-limit", "4"]);
    assert_eq!((code, criterion(&report, "tests-pass")["verdict"].as_str()), (1, Some("fail")), "{report:#}");
    assert!(reasons(&report, "tests-pass").contains("did not end within 4 s"), "{report:#}");
    // On a machine too busy to get there in time nothing was started, and nothing is left either.
    let started = std::fs::read_to_string(person.folder.join("started")).unwrap_or_default();
    let command = std::fs::read_to_string(format!("/proc/{started}/cmdline")).unwrap_or_default();
    assert!(!command.contains("while True"), "{command}");
}

/// The hook that pre-commit would install, run as it would run it: the entry, and behind it the changed files.
#[test]
fn the_hook_for_pre_commit_runs_on_the_files_that_it_is_given() {
    let hooks = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml")).unwrap();
    let field = |name: &str| {
        let line = hooks.lines().find_map(|line| line.trim_start_matches("- ").trim_start().strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} is missing")).trim_start_matches(':').trim().to_owned()
    };
    // What pre-commit requires of a hook.
    assert!(["id", "name", "entry", "language"].iter().all(|name| !field(name).is_empty()));
    let entry = field("entry");
    let mut words = entry.split_whitespace();
    assert_eq!(words.next(), Some("awaitlings"));
    let bad = "import time\n\n\nasync def wait():\n    time.sleep(1)\n";
    let person = person(&[("good.py", APP), ("bad.py", bad)]);
    let words: Vec<&str> = words.collect();
    assert_eq!(person.gives(&[&words[..], &["good.py"]].concat()).code, 0);
    assert_eq!(person.gives(&[&words[..], &["good.py", "bad.py"]].concat()).code, 1);
}
