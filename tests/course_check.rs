//! The built-in course proves itself: every stub fails, every solution passes, every wrong answer is rejected by its
//! named test with its message, every example does what it claims.

mod learner;

use learner::Learner;

#[test]
fn the_built_in_course_holds() {
    let learner = Learner::new();
    let answer = learner.gives(&["course", "check"]);
    assert_eq!(answer.code, 0, "{}\n{}", answer.out, answer.err);
    assert!(answer.out.contains("all is well"), "{}", answer.out);
}

#[test]
fn parts_together_are_the_whole_and_every_format_has_the_result() {
    let learner = Learner::new();
    let course = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny");
    let check = |more: &[&str]| learner.gives(&[&["course", "check", "--course", course], more].concat());
    let whole = check(&["--format", "json"]).json();
    assert_eq!(whole["version"], 1);
    let items = |json: &serde_json::Value| -> Vec<String> {
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["item"].as_str().unwrap().to_owned()).collect()
    };
    let mut parts = Vec::new();
    for part in ["1/2", "2/2"] {
        parts.extend(items(&check(&["--format", "json", "--partition", part]).json()));
    }
    let mut all = items(&whole);
    all.sort();
    parts.sort();
    assert_eq!(parts, all);
    let junit = check(&["--format", "junit"]);
    assert!(junit.yes().contains("<testcase name=\"exercise double (rust)\""), "{}", junit.out);
}

#[test]
fn what_does_not_hold_is_told() {
    let learner = Learner::new();
    let folder = learner.folder.join("course");
    learner::copy(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny")), &folder);
    let exercise = folder.join("exercises/01-first/01-double");
    std::fs::write(exercise.join("rust/stub.rs"), "pub async fn double(n: u32) -> u32 { n * 2 }\n").unwrap();
    std::fs::write(exercise.join("rust/wrong/plus-two.rs"), "pub async fn double(n: u32) -> u32 { n + n }\n").unwrap();
    std::fs::write(
        folder.join("solutions/01-first/02-together.rs"),
        "pub async fn both() { std::future::pending().await }\n",
    )
    .unwrap();
    let zh = std::fs::read_to_string(folder.join("lessons/zh/01-first.md")).unwrap();
    std::fs::write(folder.join("lessons/zh/01-first.md"), zh.replace("hello", "hallo")).unwrap();
    let answer = learner.gives(&["course", "check", "--course", folder.to_str().unwrap()]);
    assert_eq!(answer.code, 1);
    for expected in [
        "the stub passes",
        "wrong/plus-two.rs: the test patterns::doubles does not reject it; it passes",
        "the solution does not pass: it came to TimedOut { hang: NeverWoken }",
        "the code blocks at lines",
    ] {
        assert!(answer.out.contains(expected), "{expected}\n{}", answer.out);
    }
}
