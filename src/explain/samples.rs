//! The tests of the catalogue against recorded output.
//!
//! `samples/<id>.txt` and `samples/<id>--<variant>.txt` hold what a small program with that fault really printed;
//! `samples/near-miss/` holds ordinary failures, which have no explanation. The first line, `#: ...`, says where the
//! text comes from. Machine-dependent paths and numbers were replaced.

use super::{Explanation, Place, Symptom, all, catalogue, explain, explain_output};
use crate::course::{Language, Track};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The lesson sections that a row may name.
const SECTIONS: [(&str, &[&str]); 8] = [
    ("overview", &["quick-start", "when-to-use-async", "when-not-to", "modules", "exit-criteria", "troubleshooting"]),
    (
        "basic-patterns",
        &["the-event-loop", "async-and-await", "run-things-together", "tasks", "structured-concurrency"],
    ),
    ("concurrency-control", &["semaphores", "locks", "rate-per-second", "events", "cpu-work"]),
    (
        "error-handling-timeouts",
        &["errors-in-concurrent-work", "timeouts", "cancellation", "groups-shield-uncancel", "retries"],
    ),
    ("advanced-patterns", &["async-resources", "async-iterators", "producer-consumer", "back-pressure", "select"]),
    ("testing-async", &["the-async-test", "prove-concurrency", "error-and-timeout-paths", "doubles", "hanging-tests"]),
    ("real-world-applications", &["web-scraping", "databases", "servers", "shutdown-and-worker-pools"]),
    ("pitfalls-best-practices", &["pitfalls", "practices", "performance", "debugging"]),
];

/// The recorded texts of a folder by file name without its ending, without their first line.
fn texts_in(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/explain").join(folder);
    let files = std::fs::read_dir(&folder).expect("the folder of samples").map(|entry| entry.expect("an entry").path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).map(read).collect()
}

fn read(path: PathBuf) -> (String, String) {
    let name = path.file_stem().expect("a file name").to_string_lossy().into_owned();
    let text = std::fs::read_to_string(&path).expect("a sample");
    let (source, text) = text.split_once('\n').expect("two lines");
    assert!(source.starts_with("#: "), "{name}: the first line must say where the text comes from");
    (name, text.to_owned())
}

fn samples() -> BTreeMap<String, String> {
    texts_in("samples")
}

fn row_of(sample: &str) -> Option<&'static Explanation> {
    let id = sample.split_once("--").map_or(sample, |(id, _)| id);
    all().find(|row| row.id == id)
}

/// A row whose message comes as a diagnostic with a code and notes rather than as a line of output.
fn comes_as_diagnostic(row: &Explanation) -> bool {
    let by_rustc = row.track == Track::Rust && row.place == Place::Warning;
    by_rustc || matches!(row.place, Place::Compiler | Place::Linter)
}

/// Reads a rendered diagnostic: `error[E0728]: message`, then everything else as notes.
fn diagnostic(rendered: &str) -> Symptom {
    let (head, rest) = rendered.split_once('\n').expect("a diagnostic has several lines");
    let (level, text) = head.split_once(": ").expect("a level and a message");
    let code = level.split_once('[').map(|(_, code)| code.trim_end_matches(']').to_owned());
    Symptom { track: Track::Rust, code, text: text.to_owned(), notes: vec![rest.to_owned()] }
}

fn ids(found: &[&Explanation]) -> Vec<String> {
    found.iter().map(|row| row.id.clone()).collect()
}

#[test]
fn the_embedded_rows_can_be_read() {
    for track in Track::ALL {
        let rows = catalogue::load(track).map(|rows| rows.explanations().count());
        assert!(matches!(rows, Ok(count) if count > 40), "{track}: {rows:?}");
    }
}

#[test]
fn ids_are_unique() {
    let mut seen = BTreeSet::new();
    let twice: Vec<&str> = all().map(|row| row.id.as_str()).filter(|id| !seen.insert(*id)).collect();
    assert_eq!(twice, Vec::<&str>::new());
}

#[test]
fn every_row_has_its_texts_in_every_language_and_a_section_that_exists() {
    for row in all() {
        for language in Language::ALL {
            assert!(row.meaning.has(language), "{}: no meaning in {language}", row.id);
            assert!(row.fix.has(language), "{}: no fix in {language}", row.id);
        }
        assert_ne!(row.meaning.get(Language::En), row.meaning.get(Language::Zh), "{}", row.id);
        let known = row.section.split_once('#').is_some_and(|(module, section)| {
            SECTIONS.iter().any(|(known, sections)| *known == module && sections.contains(&section))
        });
        assert!(known, "{}: no section {}", row.id, row.section);
    }
}

#[test]
fn examples_fit_the_screen() {
    for row in all() {
        let lines = row.example.iter().flat_map(|example| example.lines());
        let long: Vec<&str> = lines.filter(|line| line.len() > 76).collect();
        assert_eq!(long, Vec::<&str>::new(), "{}", row.id);
    }
}

#[test]
fn every_row_is_searched_for_by_texts_that_are_rare() {
    for row in all() {
        let needles = row.matcher.needles();
        assert!(!needles.is_empty(), "{} would never be found", row.id);
        assert!(needles.iter().all(|needle| needle.len() >= 6), "{}: {needles:?}", row.id);
    }
}

#[test]
fn every_row_has_a_sample_and_every_sample_a_row() {
    let samples = samples();
    let without_sample: Vec<&str> = all().map(|row| row.id.as_str()).filter(|id| !samples.contains_key(*id)).collect();
    assert_eq!(without_sample, Vec::<&str>::new());
    let without_row: Vec<&String> = samples.keys().filter(|name| row_of(name).is_none()).collect();
    assert_eq!(without_row, Vec::<&String>::new());
}

#[test]
fn diagnostics_of_the_compiler_are_explained_by_their_row() {
    let mut wrong = Vec::new();
    for (name, text) in samples() {
        let row = row_of(&name).expect("a row");
        if comes_as_diagnostic(row) {
            let found = explain(&diagnostic(&text)).map(|row| row.id.as_str());
            wrong.extend((found != Some(&row.id)).then(|| format!("{name}: {found:?}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn output_is_explained_by_its_row_first() {
    let mut wrong = Vec::new();
    for (name, text) in samples() {
        let row = row_of(&name).expect("a row");
        if !comes_as_diagnostic(row) {
            let found = ids(&explain_output(row.track, &text));
            wrong.extend((found.first() != Some(&row.id)).then(|| format!("{name}: {found:?}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn output_is_explained_by_nothing_else_than_its_row_and_what_follows_from_it() {
    let mut surplus = Vec::new();
    for (name, text) in samples() {
        let row = row_of(&name).expect("a row");
        if !comes_as_diagnostic(row) {
            let others = explain_output(row.track, &text).into_iter().filter(|it| it.id != row.id && !it.consequence);
            surplus.extend(others.map(|other| format!("{name}: {}", other.id)));
        }
    }
    assert_eq!(surplus, Vec::<String>::new());
}

#[test]
fn a_message_on_its_own_is_explained_like_the_output_that_holds_it() {
    let exception = |text: &str| Symptom { track: Track::Python, code: None, text: text.to_owned(), notes: Vec::new() };
    let found = |text: &str| explain(&exception(text)).map(|row| row.id.as_str());
    assert_eq!(found("RuntimeError: no running event loop"), Some("no-running-loop"));
    assert_eq!(found("TypeError: 'coroutine' object is not subscriptable"), Some("coroutine-used-as-value"));
    assert_eq!(found("TimeoutError"), Some("timeout-without-message"));
    assert_eq!(found("TimeoutError: timed out"), None);
}

#[test]
fn a_code_must_agree_where_the_row_has_one() {
    let of = |code: Option<&str>| {
        let text = "`await` is only allowed inside `async` functions and blocks".to_owned();
        explain(&Symptom { track: Track::Rust, code: code.map(str::to_owned), text, notes: Vec::new() })
    };
    assert_eq!(of(Some("E0728")).map(|row| row.id.as_str()), Some("await-outside-async"));
    assert_eq!(of(Some("E0308")), None);
    assert_eq!(of(None), None);
}

#[test]
fn endless_notes_are_cut_between_characters() {
    let notes = vec!["类".repeat(50_000), "found future".to_owned()];
    let symptom =
        Symptom { track: Track::Rust, code: Some("E0308".to_owned()), text: "mismatched types".to_owned(), notes };
    assert_eq!(explain(&symptom), None);
}

#[test]
fn ordinary_failures_have_no_explanation() {
    let near_misses = texts_in("samples/near-miss");
    for kind in ["rust-compile-", "rust-run-", "python-"] {
        assert!(near_misses.keys().any(|name| name.starts_with(kind)), "none of {kind}");
    }
    let mut wrong = Vec::new();
    for (name, text) in near_misses {
        let track = if name.starts_with("python-") { Track::Python } else { Track::Rust };
        let mut found = explain_output(track, &text);
        if name.starts_with("rust-compile-") {
            found.extend(explain(&diagnostic(&text)));
        }
        wrong.extend((!found.is_empty()).then(|| format!("{name}: {:?}", ids(&found))));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn rows_do_not_leak_into_the_other_track() {
    for (name, text) in samples() {
        let row = row_of(&name).expect("a row");
        let other = if row.track == Track::Rust { Track::Python } else { Track::Rust };
        assert_eq!(ids(&explain_output(other, &text)), Vec::<String>::new(), "{name}");
    }
}
