//! The rules of `awaitlings review`, each held by its examples and by its folder of marked files in `tests/review/`.
//!
//! A line that ends in `# expect: RULE` or `// expect: RULE` must give that finding; a line without a mark must stay silent.

use awaitlings::course::{Language, Track};
use awaitlings::review::{self, Severity};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn file_name(rule: &str, track: Track) -> String {
    // Rules about tests look at file names, as test runners do.
    let about_tests = review::table().find(rule).is_some_and(|rule| rule.criterion == review::Criterion::TestsPass);
    match (about_tests, track) {
        (true, Track::Python) => "test_example.py".to_owned(),
        _ => format!("example.{}", track.extension()),
    }
}

#[test]
fn every_rule_finds_its_bad_example_and_not_its_good_one() {
    let mut wrong = Vec::new();
    for rule in review::table().rules() {
        for track in rule.tracks() {
            let example = rule.example(track).unwrap();
            let name = file_name(&rule.id, track);
            let (bad, problems) = review::read_text(&name, track, &example.bad);
            assert!(problems.is_empty(), "{} {track}: {problems:?}", rule.id);
            if bad.iter().all(|finding| finding.rule != rule.id) {
                wrong.push(format!("{} {track} is silent: {bad:?}", rule.id));
            }
            let (good, problems) = review::read_text(&name, track, &example.good);
            assert!(problems.is_empty(), "{} {track}: {problems:?}", rule.id);
            if let Some(finding) = good.iter().find(|finding| finding.rule == rule.id) {
                wrong.push(format!("{} {track} finds {finding:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_its_words_in_both_languages_and_a_section() {
    for rule in review::table().rules() {
        for language in Language::ALL {
            assert!(rule.what.has(language) && rule.why.has(language) && rule.fix.has(language), "{}", rule.id);
        }
        assert!(rule.section.contains('#'), "{}", rule.id);
        assert!(rule.tracks().count() > 0 || rule.id == "blocking-custom", "{} reads no language", rule.id);
    }
}

fn marked_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/review");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("py" | "rs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// What the marks of a text ask for: line and rule.
fn expected(text: &str) -> BTreeSet<(u32, String)> {
    let mut all = BTreeSet::new();
    for (nth, line) in text.lines().enumerate() {
        if let Some((_, marks)) = line.split_once("expect: ") {
            all.extend(marks.split_whitespace().map(|rule| (nth as u32 + 1, rule.trim_end_matches(',').to_owned())));
        }
    }
    all
}

#[test]
fn marked_lines_are_found_and_unmarked_lines_stay_silent() {
    let files = marked_files();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let track = if path.extension().unwrap() == "py" { Track::Python } else { Track::Rust };
        let name = path.file_name().unwrap().to_str().unwrap();
        let (findings, problems) = review::read_text(name, track, &text);
        let silent_notes = text.contains("notes: silent");
        let found: BTreeSet<(u32, String)> = findings
            .iter()
            .filter(|finding| !silent_notes || finding.severity > Severity::Note)
            .map(|finding| (finding.place.line, finding.rule.to_owned()))
            .collect();
        let expected = expected(&text);
        for (line, rule) in expected.difference(&found) {
            wrong.push(format!("{}:{line}: {rule} is not found", path.display()));
        }
        for (line, rule) in found.difference(&expected) {
            wrong.push(format!("{}:{line}: {rule} is not expected", path.display()));
        }
        wrong.extend(problems.iter().map(|problem| format!("{}:{}: {}", path.display(), problem.line, problem.text)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules whose faults are planted in the exercise `review`: at least one for each criterion.
fn planted(track: Track) -> [&'static str; 5] {
    match track {
        Track::Rust => {
            ["forgotten-await", "blocking-sleep", "join-error-unwrapped", "unbounded-fan-out", "async-test-unmarked"]
        }
        Track::Python => {
            ["forgotten-await", "blocking-sleep", "swallowed-cancel", "unbounded-fan-out", "assert-coroutine"]
        }
    }
}

#[test]
fn the_exercise_about_it_begins_with_a_fault_of_each_criterion_and_ends_clean() {
    let course = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (module, exercise) = ("07-pitfalls-best-practices", "03-review");
    for track in Track::ALL {
        let ending = track.extension();
        // What counts as not clean: a note does not.
        let grave = |path: PathBuf| {
            let text = std::fs::read_to_string(path).unwrap();
            let (findings, problems) = review::read_text(&format!("{exercise}.{ending}"), track, &text);
            assert!(problems.is_empty(), "{track}: {problems:?}");
            findings.into_iter().filter(|finding| finding.severity > Severity::Note).collect::<Vec<_>>()
        };
        let folder = course.join("exercises").join(module).join(exercise).join(track.name());
        let stub = grave(folder.join("stub").with_extension(ending));
        let found: BTreeSet<&str> = stub.iter().map(|finding| finding.rule).collect();
        for rule in planted(track) {
            assert!(found.contains(rule), "{track}: {rule} is not found in the stub: {stub:?}");
        }
        for criterion in review::Criterion::ALL {
            let of = stub.iter().any(|finding| finding.criterion() == criterion);
            assert!(of, "{track}: nothing of {criterion:?} is found in the stub: {stub:?}");
        }
        let solution = grave(course.join("solutions").join(module).join(format!("{exercise}.{ending}")));
        assert!(solution.is_empty(), "{track}: {solution:?}");
    }
}
