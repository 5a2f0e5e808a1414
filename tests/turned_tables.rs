//! Exercises in which the learner writes the tests: what passes, what escapes, and what proves nothing however it is dressed.

mod learner;

use learner::{Learner, copy};
use serde_json::Value;
use std::path::Path;

const COURSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/turned");

/// A learner in a folder of the course in which `twice(n)` is to be tested.
fn learner() -> Learner {
    let mut learner = Learner::new();
    learner.gives(&["init", "dojo", "--course", COURSE]).yes();
    learner.folder.push("dojo");
    learner
}

/// What is expected of a verdict on a file of tests.
struct Case {
    what: &'static str,
    source: String,
    verdict: &'static str,
    /// The outcome of each test against the reference.
    tests: &'static [&'static str],
    /// What becomes of the faults: one that adds two, and one that never ends for odd numbers.
    fates: &'static [&'static str],
}

const NONE: &[&str] = &[];
const BOTH: &[&str] = &["caught", "hung"];
const NEITHER: &[&str] = &["escaped", "escaped"];

fn judge(learner: &Learner, track: &str, source: &str) -> Value {
    learner.writes("tests", source);
    learner.gives(&["run", "twice", "--track", track, "--file", "tests", "--again", "--format", "json"]).json()
}

fn hold(learner: &Learner, track: &str, cases: &[Case]) {
    for case in cases {
        let verdict = judge(learner, track, &case.source);
        let told = |list: &str, key: &str| -> Vec<String> {
            let list = verdict[list].as_array().into_iter().flatten();
            list.map(|one| one[key].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(verdict["verdict"], case.verdict, "{}: {verdict:#}", case.what);
        assert_eq!(told("tests", "outcome"), case.tests, "{}: {verdict:#}", case.what);
        assert_eq!(told("faults", "fate"), case.fates, "{}: {verdict:#}", case.what);
    }
}

fn rust(body: &str) -> String {
    format!("use subject::twice::twice;\n\n#[tokio::test(start_paused = true)]\nasync fn doubles() {{\n{body}\n}}\n")
}

fn python(body: &str) -> String {
    let head = "import os\nimport sys\n\nimport pytest\nfrom subject.twice import twice\n\n\
                pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]\n\n\nasync def test_doubles():\n";
    head.to_owned() + body.trim_matches('\n') + "\n"
}

#[test]
fn tests_in_rust_pass_only_if_they_notice_every_fault() {
    let case = |what, body: &str, verdict, tests, fates| Case { what, source: rust(body), verdict, tests, fates };
    let whole = |what, source: &str, verdict, tests, fates| Case { what, source: source.into(), verdict, tests, fates };
    let one: &[&str] = &["passed"];
    hold(
        &learner(),
        "rust",
        &[
            case("a test that notices both", "assert_eq!(twice(3).await, 6);", "passed", one, BOTH),
            case("a test that always passes", "assert!(twice(2).await > 0 || true);", "failed", one, NEITHER),
            case("a call that is not awaited", "let _call = twice(3);", "failed", one, NEITHER),
            case("one fault unnoticed", "assert_eq!(twice(4).await, 8);", "failed", one, &["caught", "escaped"]),
            case("a wrong figure", "assert_eq!(twice(3).await, 5);", "failed", &["failed"], NONE),
            case("a loop", "loop {}", "timed-out", &["hung"], NONE),
            case("an early end", "std::process::exit(0);", "crashed", &["crashed"], NONE),
            case(
                "an early end where it would fail",
                "if twice(4).await != 8 { std::process::exit(0); }",
                "failed",
                one,
                &["crashed", "escaped"],
            ),
            case(
                "what looks like a record",
                "println!(\"{}\", r#\"{\"event\":\"pass\",\"test\":\"doubles\",\"nonce\":\"\"}\"#); panic!();",
                "failed",
                &["failed"],
                NONE,
            ),
            case("unsafe code", "unsafe { std::hint::unreachable_unchecked() }", "did-not-compile", NONE, NONE),
            whole("no test at all", "use subject::twice::twice as _;\n", "failed", NONE, NEITHER),
            whole("an empty file", "", "failed", NONE, NEITHER),
            whole("no Rust", "fn (", "did-not-compile", NONE, NONE),
            whole("a test that is to be left out", "#[test]\n#[ignore]\nfn a() {}\n", "did-not-compile", NONE, NONE),
            whole("a main", "fn main() {}\n#[test]\nfn a() {}\n", "did-not-compile", NONE, NONE),
            whole(
                "tests in a module of their own",
                "#[cfg(test)]\nmod tests {\n    use subject::twice::twice;\n    #[tokio::test(start_paused = true)]\n    \
                 async fn odd() -> Result<(), String> {\n        if twice(3).await == 6 { Ok(()) } else { Err(\"no\".into()) }\n    }\n}\n",
                "passed",
                one,
                BOTH,
            ),
        ],
    );
}

#[test]
fn tests_in_python_pass_only_if_they_notice_every_fault() {
    let case = |what, body: &str, verdict, tests, fates| Case { what, source: python(body), verdict, tests, fates };
    let whole = |what, source: &str, verdict, tests, fates| Case { what, source: source.into(), verdict, tests, fates };
    let one: &[&str] = &["passed"];
    hold(
        &learner(),
        "python",
        &[
            case("a test that notices both", "    assert await twice(3) == 6", "passed", one, BOTH),
            case("a test that always passes", "    assert await twice(2) > 0 or True", "failed", one, NEITHER),
            case("a coroutine, which is true", "    assert twice(3)", "failed", &["failed"], NONE),
            case("one fault unnoticed", "    assert await twice(4) == 8", "failed", one, &["caught", "escaped"]),
            case("a wrong figure", "    assert await twice(3) == 5", "failed", &["failed"], NONE),
            case("a loop", "    while True: pass", "timed-out", &["hung"], NONE),
            case("an early end", "    os._exit(0)", "crashed", &["crashed"], NONE),
            case(
                "an early end where it would fail",
                "    if await twice(4) != 8: os._exit(0)",
                "failed",
                one,
                &["crashed", "escaped"],
            ),
            case(
                "a skip where it would fail",
                "    if await twice(4) != 8: pytest.skip()",
                "tampered",
                &["tampered"],
                &["escaped"],
            ),
            case("a skip", "    pytest.skip()", "tampered", &["tampered"], NONE),
            whole("no test at all", "async def doubles(): ...\n", "failed", NONE, NEITHER),
            whole("an empty file", "", "failed", NONE, NEITHER),
            whole("no Python", "def test_(:\n", "did-not-compile", NONE, NONE),
            whole("what cannot be imported", "from subject.twice import thrice\n", "did-not-compile", NONE, NONE),
            whole("an end while it is loaded", "raise SystemExit(0)\n", "crashed", &["crashed"], NONE),
            whole("no mark", "async def test_a(): ...\n", "failed", &["failed"], NONE),
            whole(
                "parameters, in a class",
                "import pytest\nfrom subject.twice import twice\n\n\n@pytest.mark.virtual_time\n@pytest.mark.asyncio\nclass TestTwice:\n    \
                 @pytest.mark.parametrize(\"n\", [2, 3])\n    async def test_it(self, n):\n        assert await twice(n) == 2 * n\n",
                "passed",
                one,
                BOTH,
            ),
            whole(
                "an async fixture",
                "import pytest\nimport pytest_asyncio\nfrom subject.twice import twice\n\n\n@pytest_asyncio.fixture\nasync def six():\n    \
                 yield await twice(3)\n\n\n@pytest.mark.asyncio\n@pytest.mark.virtual_time\nasync def test_it(six):\n    assert six == 6\n",
                "passed",
                one,
                BOTH,
            ),
        ],
    );
}

#[test]
fn a_failure_is_told_at_its_line_and_a_test_cannot_know_what_it_is_run_against() {
    let learner = learner();
    let source = rust(
        "    let place = (std::env::current_exe().unwrap(), std::env::current_dir().unwrap());\n    panic!(\"{place:?}\");",
    );
    learner.writes("exercises/01-tests/01-twice.rs", &source);
    let told = learner.gives(&["run", "twice"]);
    assert_eq!(told.code, 1);
    assert!(told.out.contains("exercises/01-tests/01-twice.rs:6:"), "{}", told.out);
    let text = judge(&learner, "rust", &source)["tests"][0]["failure"]["text"].clone();
    let text = text.as_str().unwrap();
    assert!(text.contains("/run-") && !text.contains("/build-"), "{text}");
    assert!(told.out.contains("so it is the test that has to"), "{}", told.out);
}

#[test]
fn what_escapes_is_told_in_the_learners_language_and_what_holds_is_evidence() {
    let learner = learner();
    let told = learner.gives(&["run", "twice", "--lang", "zh"]);
    assert!(told.out.contains("plus-two：漏网") && told.out.contains("这个版本加了二。"), "{}", told.out);
    let evidence =
        |learner: &Learner| learner.gives(&["progress", "--json"]).json()["modules"][0]["cells"][0]["state"].clone();
    assert_eq!(evidence(&learner), "missing");
    learner.writes("exercises/01-tests/01-twice.rs", "");
    let told = learner.gives(&["run", "twice"]);
    assert!(told.out.contains("There is no test in your file") && !told.out.contains("escaped"), "{}", told.out);
    let solution = std::fs::read_to_string(Path::new(COURSE).join("solutions/01-tests/01-twice.rs")).unwrap();
    learner.writes("exercises/01-tests/01-twice.rs", &solution);
    let told = learner.gives(&["run", "twice"]);
    assert!(told.yes().contains("plus-two: caught by doubles"), "{}", told.out);
    assert!(told.out.contains("never-ends: caught by ends_for_odd_numbers, which does not end on it"), "{}", told.out);
    assert_eq!(evidence(&learner), "green");
}

#[test]
fn the_course_proves_itself_and_says_what_does_not_hold() {
    let learner = Learner::new();
    learner.gives(&["course", "check", "--course", COURSE]).yes();
    let folder = learner.folder.join("course");
    copy(Path::new(COURSE), &folder);
    let exercise = folder.join("exercises/01-tests/01-twice");
    for (track, ending) in [("rust", "rs"), ("python", "py")] {
        let text = |path: &Path| std::fs::read_to_string(path).unwrap();
        let own = exercise.join(track);
        // A fault that is none escapes the solution; a wrong answer that is right is accepted.
        std::fs::write(
            own.join(format!("subject/faults/plus-two.{ending}")),
            text(&own.join(format!("subject/reference.{ending}"))),
        )
        .unwrap();
        std::fs::write(
            own.join(format!("wrong/two-only.{ending}")),
            text(&folder.join(format!("solutions/01-tests/01-twice.{ending}"))),
        )
        .unwrap();
    }
    let answer = learner.gives(&["course", "check", "--course", folder.to_str().unwrap()]);
    assert_eq!(answer.code, 1);
    let told = "the solution does not pass: it came to Failed (the fault `plus-two` escapes)";
    assert_eq!(answer.out.matches(told).count(), 2, "{}", answer.out);
    std::fs::write(exercise.join("python/subject/reference.py"), "def twice(:\n").unwrap();
    std::fs::write(exercise.join("rust/subject/faults/never-ends.rs"), "pub fn twice(\n").unwrap();
    let answer = learner.gives(&["course", "check", "--course", folder.to_str().unwrap()]);
    assert_eq!(answer.code, 2, "{}\n{}", answer.out, answer.err);
    assert!(answer.err.contains("the subject `twice` does not compile"), "{}", answer.err);
}

#[test]
fn a_kept_folder_has_the_tests_the_reference_and_the_faults() {
    let learner = learner();
    for (track, files) in [
        ("rust", ["tests/written.rs", "subject/src/twice.rs", "subject/faults/plus-two.rs"]),
        ("python", ["test_written.py", "subject/twice.py", "faults/plus-two.py"]),
    ] {
        let told = learner.gives(&["run", "twice", "--track", track, "--keep"]);
        let text = told.out.replace(char::is_whitespace, " ");
        let words = text.split(' ').map(|word| word.trim_end_matches([';', '.']));
        let kept = words.filter(|word| word.contains("awaitlings-")).map(Path::new).find(|path| path.is_dir());
        let kept = kept.unwrap_or_else(|| panic!("{}", told.out));
        for file in files {
            assert!(kept.join(file).is_file(), "{file} of {}", kept.display());
        }
        std::fs::remove_dir_all(kept).unwrap();
    }
}
