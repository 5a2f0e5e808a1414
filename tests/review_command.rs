//! `awaitlings review` as a whole: paths in, report and exit code out.

use awaitlings::course::Language;
use awaitlings::review::{self, Exit, Format, FromProcesses, ReviewArgs, TestCounts, TestRun};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const BLOCKING: &str = "import time\n\nasync def handler():\n    time.sleep(1)\n";
const FINE: &str = "import asyncio\n\nasync def handler():\n    await asyncio.sleep(1)\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn args(paths: &[PathBuf]) -> ReviewArgs {
    ReviewArgs { paths: paths.to_vec(), ..ReviewArgs::default() }
}

fn run(args: &ReviewArgs) -> (Exit, String) {
    let mut out = Vec::new();
    let exit = review::run(args, FromProcesses::default(), &mut out).unwrap();
    (exit, String::from_utf8(out).unwrap())
}

fn json(args: &ReviewArgs) -> (Exit, Value) {
    let (exit, text) = run(&ReviewArgs { format: Format::Json, ..args.clone() });
    (exit, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

fn rules(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

fn verdict(report: &Value, criterion: &str) -> String {
    let criteria = report["criteria"].as_array().unwrap();
    let found = criteria.iter().find(|one| one["criterion"] == criterion).unwrap();
    found["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn failures_end_with_one_and_clean_code_with_zero() {
    let bad = folder(&[("app.py", BLOCKING)]);
    assert_eq!(run(&args(&[bad.path().into()])).0, Exit::Failures);
    let good = folder(&[("app.py", FINE)]);
    let (exit, report) = json(&args(&[good.path().into()]));
    assert_eq!((exit, exit.code()), (Exit::Clean, 0));
    assert_eq!(verdict(&report, "no-blocking"), "pass");
}

#[test]
fn what_cannot_run_says_what_to_do_and_ends_with_two() {
    let (exit, text) = run(&args(&["no/such/folder".into()]));
    assert_eq!(exit.code(), 2);
    assert!(text.contains("no/such/folder") && text.contains("give the path"), "{text}");
    let (exit, text) = run(&ReviewArgs { explain: Some("nope".into()), ..ReviewArgs::default() });
    assert_eq!(exit, Exit::CouldNotRun);
    assert!(text.contains("--rules"), "{text}");
    let folder = folder(&[("app.py", FINE), ("awaitlings.toml", "[review\n")]);
    let (exit, text) = run(&args(&[folder.path().into()]));
    assert_eq!(exit, Exit::CouldNotRun);
    assert!(text.contains("awaitlings.toml"), "{text}");
}

#[test]
fn what_was_not_read_is_never_clean() {
    let broken = folder(&[("app.py", FINE), ("broken.py", "def f(:\n"), ("bytes.py", "x")]);
    std::fs::write(broken.path().join("bytes.py"), [0xff, 0xfe, 0x00, 0x80]).unwrap();
    let (exit, report) = json(&args(&[broken.path().into()]));
    assert_eq!(exit, Exit::Clean);
    assert_eq!(verdict(&report, "no-blocking"), "not-assessed");
    let problems = report["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems.iter().any(|problem| problem["file"].as_str().unwrap().ends_with("broken.py") && problem["line"] == 1)
    );
    let nothing = folder(&[("app.py", "x = 1\n")]);
    let (_, report) = json(&args(&[nothing.path().into()]));
    assert_eq!(verdict(&report, "patterns"), "not-assessed");
}

#[test]
fn nothing_was_found_is_said_only_where_there_are_no_notes_either() {
    let noted = "import os\n\nasync def handler():\n    return os.path.exists('x')\n";
    let folder = folder(&[("app.py", noted)]);
    let says = |no_notes, language| {
        let args = ReviewArgs { no_notes, language, ..args(&[folder.path().into()]) };
        let report = review::report(&args, FromProcesses::default()).unwrap();
        let of = |criterion| {
            report.criteria.iter().find(|one| one.criterion == criterion).unwrap().reasons[0].text(language)
        };
        (of(review::Criterion::NoBlocking), of(review::Criterion::Patterns))
    };
    for no_notes in [false, true] {
        let (noted, nothing) = says(no_notes, Language::En);
        assert_eq!(noted, "no failures or warnings in 1 async functions, 1 notes");
        assert_eq!(nothing, "nothing found in 1 async functions");
        assert_eq!(says(no_notes, Language::Zh).0, "在 1 个异步函数中没有失败或警告，有 1 个提示");
    }
}

#[test]
fn tests_that_were_not_run_or_not_found_are_no_pass() {
    let test = "import pytest\n\n@pytest.mark.asyncio\nasync def test_it():\n    assert True\n";
    let folder = folder(&[("test_app.py", test)]);
    let paths = args(&[folder.path().into()]);
    let counted = |passed, failed| {
        let counts = TestCounts { passed, failed, skipped: 0 };
        Some(TestRun { counts, ..TestRun::default() })
    };
    let verdict_with = |tests| {
        let report = review::report(&paths, FromProcesses { cargo: None, tests }).unwrap();
        report.criteria.iter().find(|one| one.criterion == review::Criterion::TestsPass).unwrap().verdict
    };
    assert_eq!(verdict_with(None), review::Verdict::NotAssessed);
    assert_eq!(verdict_with(counted(0, 0)), review::Verdict::NotAssessed);
    assert_eq!(verdict_with(counted(3, 0)), review::Verdict::Pass);
    assert_eq!(verdict_with(counted(3, 1)), review::Verdict::Fail);
}

#[test]
fn helpers_are_followed_across_the_files_of_a_package() {
    let folder = folder(&[
        ("pkg/__init__.py", ""),
        ("pkg/store/__init__.py", "from .disk import load as read_it\n"),
        ("pkg/store/disk.py", "import time\n\ndef load():\n    deeper()\n\ndef deeper():\n    time.sleep(1)\n"),
        (
            "pkg/app.py",
            "from pkg.store import read_it\nfrom . import store\n\nasync def handler():\n    read_it()\n    store.disk.load()\n",
        ),
    ]);
    let (_, report) = json(&args(&[folder.path().into()]));
    assert_eq!(rules(&report), ["blocking-sleep", "blocking-sleep"]);
    let path = report["findings"][0]["path"].as_array().unwrap();
    assert_eq!(
        path.iter().map(|step| step.as_str().unwrap()).collect::<Vec<_>>(),
        ["handler", "load", "deeper", "time.sleep"]
    );
}

fn workspace() -> TempDir {
    folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"app\", \"store\"]\n"),
        (
            "app/Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[dependencies]\ndisk-store = { path = \"../store\" }\n",
        ),
        ("app/src/main.rs", "mod handlers;\n#[tokio::main]\nasync fn main() {\n    handlers::user::show().await;\n}\n"),
        ("app/src/handlers/mod.rs", "pub mod user;\nmod load;\n"),
        (
            "app/src/handlers/user.rs",
            "use super::load::load;\nuse disk_store::Store;\n\npub async fn show() {\n    load();\n    let store = Store::open();\n    store.get();\n}\n",
        ),
        ("app/src/handlers/load.rs", "pub fn load() -> Vec<u8> {\n    std::fs::read(\"x\").unwrap_or_default()\n}\n"),
        ("store/Cargo.toml", "[package]\nname = \"disk-store\"\nversion = \"0.1.0\"\n"),
        ("store/src/lib.rs", "mod inner;\npub use inner::Store;\n"),
        (
            "store/src/inner.rs",
            "pub struct Store;\nimpl Store {\n    pub fn open() -> Store {\n        Store\n    }\n    pub fn get(&self) {\n        std::thread::sleep(std::time::Duration::from_secs(1));\n    }\n}\n",
        ),
    ])
}

#[test]
fn helpers_are_followed_across_modules_and_the_crates_of_a_workspace() {
    let folder = workspace();
    let (_, report) = json(&args(&[folder.path().into()]));
    assert_eq!(rules(&report), ["blocking-file", "blocking-sleep"], "{report:#}");
}

#[test]
fn one_file_alone_is_read_with_its_crate_and_reported_alone() {
    let folder = workspace();
    let (_, report) = json(&args(&[folder.path().join("app/src/handlers/user.rs")]));
    assert_eq!(rules(&report), ["blocking-file", "blocking-sleep"], "{report:#}");
    assert_eq!(report["files"], 1);
}

#[test]
fn suppressions_need_a_reason_and_a_rule_that_exists() {
    let text = "import time\n\nasync def handler():\n    time.sleep(1)  # awaitlings: allow(blocking-sleep) the loop has nothing else to do\n    # awaitlings: allow(blocking-sleep) nor here\n    time.sleep(2)\n    time.sleep(3)  # awaitlings: allow(blocking-sleep)\n    time.sleep(4)  # awaitlings: allow(no-such-rule) a reason\n";
    let folder = folder(&[("app.py", text)]);
    let (exit, report) = json(&args(&[folder.path().into()]));
    let lines: Vec<u64> =
        report["findings"].as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!((exit, lines), (Exit::Failures, vec![7, 8]));
    assert_eq!(report["suppressed"], 2);
    assert_eq!(report["problems"].as_array().unwrap().len(), 2);
}

#[test]
fn a_baseline_hides_what_stood_and_shows_what_is_new() {
    let folder = folder(&[("app.py", BLOCKING)]);
    let baseline = folder.path().join("baseline.json");
    let paths = args(&[folder.path().into()]);
    run(&ReviewArgs { write_baseline: Some(baseline.clone()), ..paths.clone() });
    write(folder.path(), "app.py", &format!("# moved\n{BLOCKING}"));
    let with = ReviewArgs { baseline: Some(baseline), ..paths };
    let (exit, report) = json(&with);
    assert_eq!((exit, report["in_baseline"].as_u64()), (Exit::Clean, Some(1)));
    write(folder.path(), "app.py", &format!("{BLOCKING}\n    time.sleep(2)\n"));
    assert_eq!(json(&with).0, Exit::Failures);
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(who).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_diff_reports_changed_lines_and_new_files_only() {
    let folder = folder(&[("app.py", BLOCKING)]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "one"]);
    let with = ReviewArgs { diff: Some("HEAD".into()), ..args(&[folder.path().into()]) };
    assert_eq!(json(&with).0, Exit::Clean);
    write(folder.path(), "app.py", &format!("{BLOCKING}    time.sleep(2)\n"));
    write(folder.path(), "new.py", BLOCKING);
    let (exit, report) = json(&with);
    assert_eq!((exit, rules(&report).len()), (Exit::Failures, 2), "{report:#}");
    let (exit, text) = run(&ReviewArgs { diff: Some("no-such-revision".into()), ..with });
    assert_eq!(exit, Exit::CouldNotRun);
    assert!(text.contains("no-such-revision"), "{text}");
}

#[test]
fn github_annotations_are_one_line_each() {
    let folder = folder(&[("app.py", BLOCKING)]);
    let (_, text) = run(&ReviewArgs { format: Format::Github, ..args(&[folder.path().into()]) });
    assert_eq!(text.lines().count(), 1);
    assert!(text.starts_with("::error file=") && text.contains(",line=4,"), "{text}");
}

#[test]
fn the_human_report_shows_the_line_and_speaks_both_languages() {
    let folder = folder(&[("app.py", BLOCKING)]);
    let (_, text) = run(&args(&[folder.path().into()]));
    assert!(text.contains("4 |     time.sleep(1)\n  |     ^^^^^^^^^^^^^\n"), "{text}");
    assert!(text.contains("no-blocking") && text.contains("not assessed"), "{text}");
    let (_, text) = run(&ReviewArgs { language: Language::Zh, ..args(&[folder.path().into()]) });
    assert!(text.contains("异步代码中无阻塞操作"), "{text}");
}

#[test]
fn rules_are_listed_and_explained() {
    let (exit, text) = run(&ReviewArgs { rules: true, ..ReviewArgs::default() });
    assert_eq!(exit, Exit::Clean);
    assert!(review::table().rules().iter().all(|rule| text.contains(&rule.id)));
    let (_, text) = run(&ReviewArgs { explain: Some("gather-list".into()), ..ReviewArgs::default() });
    assert!(text.contains("asyncio.gather(*[") && text.contains("asyncio.gather(["), "{text}");
}

#[test]
fn a_project_adds_blocking_calls_of_its_own() {
    let settings = "[review]\nexclude = [\"gen/\"]\n[[review.python.family]]\nrule = \"blocking-custom\"\ncalls = [\"ourlib.load\"]\n[[review.rust.family]]\nrule = \"blocking-custom\"\ncalls = [\"ourlib::load\"]\n";
    let folder = folder(&[
        ("awaitlings.toml", settings),
        ("app.py", "import ourlib\n\nasync def f():\n    ourlib.load()\n"),
        ("app.rs", "async fn f() { ourlib::load(); }\n"),
        ("gen/made.py", BLOCKING),
    ]);
    let (_, report) = json(&args(&[folder.path().into()]));
    assert_eq!(rules(&report), ["blocking-custom", "blocking-custom"]);
}

#[test]
fn ignored_files_and_loops_of_links_are_left_out() {
    let folder = folder(&[("app.py", FINE), ("old/app.py", BLOCKING), (".gitignore", "old/\n")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    let (exit, report) = json(&args(&[folder.path().into()]));
    assert_eq!((exit, report["files"].as_u64()), (Exit::Clean, Some(1)));
}

#[test]
fn deep_nesting_and_odd_texts_do_not_end_the_program() {
    let deep = 100_000;
    let texts = [
        format!("x = {}1{}", "(".repeat(deep), ")".repeat(deep)),
        format!("x = {}1", "-".repeat(deep)),
        format!("x = {}1", "not ".repeat(deep)),
        format!("x = 1{}", " + 1".repeat(deep)),
        format!("x = a{}", ".b".repeat(deep)),
        format!("x = a{}", "(1)".repeat(deep)),
        format!("x = a{}", " if a else a".repeat(deep)),
        format!("x = {}1", "lambda: ".repeat(deep)),
        format!("{}x", "await ".repeat(deep)),
        (0..1_000).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect(),
        "\u{feff}async def f(): pass\r\n".to_owned(),
        "\0\0\0".to_owned(),
        "async def f():\n\ttime.sleep(1)\n        x\n".to_owned(),
    ];
    let rust = [
        format!("fn f() {{ {}1{} }}", "(".repeat(deep), ")".repeat(deep)),
        format!("fn f() {{ {} }}", "-".repeat(deep)),
        format!("fn f() {{ {}1; }}", "!".repeat(deep)),
        format!("fn f() {{ 1{}; }}", " + 1".repeat(deep)),
        format!("fn f() {{ a{}; }}", ".b()".repeat(deep)),
        format!("fn f() {{ a{}; }}", "?".repeat(deep)),
        format!("fn f() {{ {} }}", "{".repeat(deep)),
        format!("fn f() {{ {} }}", "if a {} else ".repeat(deep)),
        format!("fn f() {{ {}a }}", "|x| ".repeat(deep)),
        format!("type T = {}u8{};", "Vec<".repeat(deep), ">".repeat(deep)),
        format!("type T = {}u8;", "&".repeat(deep)),
        format!("fn f() {{ {} }}", "return ".repeat(deep)),
        format!("fn f() {{ {}1 }}", "a = ".repeat(deep)),
        format!("use {}b;", "a::".repeat(deep)),
        "#!/usr/bin/env rustx\nasync fn f() { std::thread::sleep(d) }".to_owned(),
        "fn f() { tokio::select! { } join!(,) select!(a => ) }".to_owned(),
    ];
    let folder = TempDir::new().unwrap();
    for (nth, text) in texts.iter().enumerate() {
        write(folder.path(), &format!("t{nth}.py"), text);
    }
    for (nth, text) in rust.iter().enumerate() {
        write(folder.path(), &format!("t{nth}.rs"), text);
    }
    let (exit, report) = json(&args(&[folder.path().into()]));
    assert_ne!(exit, Exit::CouldNotRun);
    assert_eq!(report["files"].as_u64(), Some((texts.len() + rust.len()) as u64));
    assert!(rules(&report).contains(&"blocking-sleep".to_owned()));
}
