//! Courses as instructors write them: what is right loads, what is wrong is told with its place, all at once.

mod learner;

use awaitlings::course::{Course, Track};
use learner::copy;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses").join(name)
}

/// The tiny course in a folder of its own, to be broken.
fn tiny() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&fixture("tiny"), folder.path());
    folder
}

fn problems(folder: &Path) -> Vec<String> {
    Course::from_folder(folder).unwrap().problems.iter().map(ToString::to_string).collect()
}

const DOUBLE: &str = "exercises/01-first/01-double";

#[test]
fn the_built_in_course_has_no_problems() {
    let course = Course::embedded().unwrap();
    assert_eq!(course.problems, []);
    assert_eq!(course.modules.len(), 7);
}

#[test]
fn every_section_that_an_explanation_points_to_exists() {
    let course = Course::embedded().unwrap();
    for explanation in awaitlings::explain::all() {
        let (lesson, section) = awaitlings::course::section_parts(&explanation.section).unwrap();
        let lesson = course.lesson(lesson).unwrap_or_else(|| panic!("{}: no lesson {lesson}", explanation.id));
        for page in lesson.pages.values() {
            assert!(
                page.body.contains(&format!("{{#{section}}}")),
                "{}: {} has no {section}",
                explanation.id,
                page.file
            );
        }
    }
}

#[test]
fn a_good_course_loads_whole() {
    let course = Course::from_folder(&fixture("tiny")).unwrap();
    assert_eq!(course.problems, []);
    let ids: Vec<_> = course.exercises().map(|(module, exercise)| (module.id.as_str(), exercise.id.as_str())).collect();
    assert_eq!(ids, [("first", "double"), ("first", "together")]);
    let (_, double) = course.exercise("double").unwrap();
    assert_eq!(double.learner_path(Track::Rust), "exercises/01-first/01-double.rs");
    assert_eq!(double.tracks[&Track::Rust].wrong.len(), 2);
}

#[test]
fn all_mistakes_of_a_course_are_told_at_once_and_the_rest_of_it_works() {
    let course = Course::from_folder(&fixture("broken")).unwrap();
    let told: Vec<String> = course.problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(course.exercise("good").is_some());
}

#[test]
fn each_kind_of_mistake_is_told_with_its_place() {
    type Break = fn(&Path);
    let cases: [(&str, Break, &str); 13] = [
        (
            "broken TOML",
            |root| fs::write(root.join(DOUBLE).join("exercise.toml"), "title = {\n").unwrap(),
            "exercise.toml:1:",
        ),
        ("a missing text", |root| fs::remove_file(root.join(DOUBLE).join("zh.md")).unwrap(), "zh.md: is missing"),
        (
            "a missing stub",
            |root| fs::remove_file(root.join(DOUBLE).join("rust/stub.rs")).unwrap(),
            "stub.rs: is missing",
        ),
        (
            "an empty file",
            |root| fs::write(root.join(DOUBLE).join("rust/stub.rs"), " \n").unwrap(),
            "stub.rs: is empty",
        ),
        (
            "an unknown criterion",
            |root| edit(root, "\"patterns\"]", "\"speed\"]"),
            "exercise.toml:2:13: unknown criterion `speed`; the course has patterns, errors",
        ),
        ("an unknown field", |root| edit(root, "difficulty = 1", "dificulty = 1"), "exercise.toml:3:1: unknown field"),
        (
            "more network than there is to give",
            |root| edit(root, "[messages.not-doubled]", "[limits]\nnetwork = \"all\"\n\n[messages.not-doubled]"),
            "exercise.toml:7:11: unknown variant `all`, expected `none` or `loopback`",
        ),
        ("a way out of the course", |root| edit(root, "plus-two.rs", "../../hidden.rs"), "is not a plain file name"),
        (
            "no UTF-8",
            |root| fs::write(root.join(DOUBLE).join("en.md"), b"# Task {#task}\nab\xff").unwrap(),
            "en.md:2:3: is not UTF-8",
        ),
        (
            "an empty exercise",
            |root| fs::create_dir(root.join("exercises/01-first/03-empty")).unwrap(),
            "03-empty: is an empty folder",
        ),
        (
            "a file for an exercise",
            |root| {
                fs::create_dir_all(root.join("exercises/01-first/03-none/rust"))
                    .and_then(|()| fs::write(root.join("exercises/01-first/03-none/rust/stub.rs"), "x"))
                    .unwrap()
            },
            "03-none/exercise.toml: is missing",
        ),
        (
            "a symbolic link",
            |root| std::os::unix::fs::symlink("/etc/passwd", root.join(DOUBLE).join("rust/wrong/link.rs")).unwrap(),
            "wrong/link.rs: is a symbolic link",
        ),
        (
            "an id twice",
            |root| copy(&root.join(DOUBLE), &root.join("exercises/01-first/07-together")),
            "the id `together` is taken by exercises/01-first/02-together",
        ),
    ];
    for (name, damage, expected) in cases {
        let folder = tiny();
        damage(folder.path());
        if name == "an id twice" {
            fs::copy(
                folder.path().join("solutions/01-first/02-together.rs"),
                folder.path().join("solutions/01-first/07-together.rs"),
            )
            .unwrap();
        }
        let told = problems(folder.path());
        assert!(told.iter().any(|problem| problem.contains(expected)), "{name}: {told:#?}");
        let course = Course::from_folder(folder.path()).unwrap();
        assert!(course.exercise("together").is_some(), "{name}: the other exercise must go on working");
    }
}

#[test]
fn each_mistake_about_tests_that_the_learner_writes_is_told_with_its_place() {
    type Break = fn(&Path);
    const TWICE: &str = "exercises/01-tests/01-twice";
    fn change(root: &Path, from: &str, to: &str) {
        let path = root.join(TWICE).join("exercise.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    fn remove(root: &Path, file: &str) {
        fs::remove_file(root.join(TWICE).join(file)).unwrap();
    }
    const RUST: &str = "[rust]\nset = \"base\"\nfaults = [\"plus-two\", \"never-ends\"]";
    let cases: [(&str, Break, &str); 12] = [
        ("no reference", |root| remove(root, "rust/subject/reference.rs"), "rust/subject/reference.rs: is missing"),
        (
            "no fault named",
            |root| change(root, RUST, "[rust]\nset = \"base\""),
            "exercise.toml:18:7: names no `faults`",
        ),
        (
            "an empty list of faults",
            |root| change(root, RUST, "[rust]\nset = \"base\"\nfaults = []"),
            "exercise.toml:19:10: names no `faults`",
        ),
        (
            "a fault without a text",
            |root| change(root, "[faults.plus-two]", "[faults.plus-three]"),
            "exercise.toml:19:11: there is no `[faults.plus-two]`",
        ),
        (
            "a text without a fault",
            |root| change(root, "[faults.plus-two]", "[faults.plus-three]"),
            "exercise.toml:9:9: no track names `plus-three` among its `faults`",
        ),
        (
            "a text in one language",
            |root| change(root, "zh = \"这个版本加了二。\"\n", ""),
            "exercise.toml:9:1: the text in `zh` is missing",
        ),
        (
            "a fault twice",
            |root| change(root, "\"never-ends\"]", "\"plus-two\"]"),
            "exercise.toml:19:23: `plus-two` is named twice",
        ),
        (
            "a fault without a file",
            |root| remove(root, "python/subject/faults/plus-two.py"),
            "python/subject/faults/plus-two.py: is missing",
        ),
        (
            "a file that is no fault",
            |root| fs::write(root.join(TWICE).join("rust/subject/faults/other.rs"), "x").unwrap(),
            "rust/subject/faults/other.rs: no entry of `faults` in exercise.toml names this file",
        ),
        (
            "hidden tests beside a subject",
            |root| fs::write(root.join(TWICE).join("rust/hidden.rs"), "x").unwrap(),
            "rust/hidden.rs: is never run",
        ),
        (
            "an unknown fault that escapes",
            |root| change(root, "escapes = \"plus-two\"", "escapes = \"plus-three\""),
            "exercise.toml:23:11: `plus-three` is none of this track's `faults`",
        ),
        (
            "a wrong answer that nothing rejects",
            |root| change(root, "escapes = \"plus-two\"\n", ""),
            "exercise.toml:22:8: say what rejects it",
        ),
    ];
    for (name, damage, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        copy(&fixture("turned"), folder.path());
        assert_eq!(problems(folder.path()), Vec::<String>::new());
        damage(folder.path());
        let told = problems(folder.path());
        assert!(told.iter().any(|problem| problem.contains(expected)), "{name}: {told:#?}");
    }
}

fn edit(root: &Path, from: &str, to: &str) {
    let path = root.join(DOUBLE).join("exercise.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let folder = tiny();
    let plain = Course::from_folder(folder.path()).unwrap();
    for file in [
        "course.toml",
        "lessons/en/01-first.md",
        "exercises/01-first/01-double/exercise.toml",
        "exercises/01-first/01-double/en.md",
        "exercises/01-first/01-double/rust/hidden.rs",
    ] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    }
    let other = Course::from_folder(folder.path()).unwrap();
    assert_eq!(other.problems, []);
    let [one, two] = [&plain, &other].map(|course| course.exercise("double").unwrap().1);
    assert_eq!(one.tracks[&Track::Rust].hidden(), two.tracks[&Track::Rust].hidden());
    assert_eq!(one.texts.values().next().unwrap().sections, two.texts.values().next().unwrap().sections);
    let [one, two] =
        [&plain, &other].map(|course| &course.lesson("first").unwrap().pages.values().next().unwrap().body);
    assert_eq!(one, two);
}

#[test]
fn a_folder_that_is_no_course_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let told = Course::from_folder(folder.path()).unwrap_err().to_string();
    assert!(told.contains("course.toml") && told.contains("a course is a folder with a course.toml in it"), "{told}");
    fs::write(folder.path().join("course.toml"), "id = 3\n").unwrap();
    let told = Course::from_folder(folder.path()).unwrap_err().to_string();
    assert!(told.starts_with("course.toml:1:6:"), "{told}");
}

#[test]
fn a_course_that_changes_has_another_digest() {
    let folder = tiny();
    let before = Course::from_folder(folder.path()).unwrap().digest;
    assert_eq!(Course::from_folder(folder.path()).unwrap().digest, before);
    edit(folder.path(), "difficulty = 1", "difficulty = 2");
    assert_ne!(Course::from_folder(folder.path()).unwrap().digest, before);
}
