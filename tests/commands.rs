//! The commands, as a learner gives them.

mod learner;

use awaitlings::course::{Course, Track};
use learner::Learner;

#[test]
fn a_folder_is_made_found_from_anywhere_and_says_what_is_next() {
    let mut learner = Learner::new();
    let made = learner.gives(&["init", "dojo", "--track", "rust", "--lang", "en"]);
    assert!(made.yes().contains("awaitlings run first-await"), "{}", made.out);
    let elsewhere = learner.gives(&[]);
    assert!(elsewhere.yes().contains("Next exercise: First await (first-await)"), "{}", elsewhere.out);
    learner.folder.push("dojo/exercises/01-basic-patterns");
    assert!(learner.gives(&["list"]).yes().contains("fan-out"));
}

#[test]
fn without_a_folder_one_is_made() {
    let learner = Learner::new();
    assert!(learner.gives(&[]).yes().contains("Made your folder"));
    assert!(learner.folder.join("dojo/exercises/01-basic-patterns/01-first-await.rs").exists());
}

#[test]
fn init_again_leaves_what_is_there() {
    let mut learner = Learner::in_dojo();
    learner.writes("exercises/01-basic-patterns/01-first-await.rs", "// mine\n");
    learner.folder.pop();
    let again = learner.gives(&["init", "dojo"]);
    assert_eq!(again.code, 0, "{}", again.err);
    learner.folder.push("dojo");
    assert_eq!(learner.reads("exercises/01-basic-patterns/01-first-await.rs"), "// mine\n");
}

#[test]
fn module_one_is_learnt_from_its_stubs_to_a_full_row_of_the_matrix() {
    let learner = Learner::in_dojo();
    let course = Course::embedded().unwrap();
    let exercises = &course.modules[0].exercises;
    assert_eq!(exercises.len(), 6);
    for exercise in exercises {
        let stub = learner.gives(&["run", &exercise.id]);
        assert_eq!(stub.code, 1, "the stub of {} must fail: {}{}", exercise.id, stub.out, stub.err);
        assert!(stub.out.contains("✗") && stub.out.contains("awaitlings hint"), "{}", stub.out);
        learner.writes(&exercise.learner_path(Track::Rust), &exercise.tracks[&Track::Rust].solution);
        let solved = learner.gives(&["run", &exercise.id]);
        assert!(solved.yes().contains("✓ PASSED"), "{}", solved.out);
        assert!(solved.out.contains("reference"), "the timeline is compared with the reference: {}", solved.out);
    }
    let progress = learner.gives(&["progress", "--json"]).json();
    assert_eq!(progress["version"], 1);
    let row = &progress["modules"][0];
    let states: Vec<&str> =
        row["cells"].as_array().unwrap().iter().map(|cell| cell["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["green", "not-applicable", "green", "not-applicable", "not-applicable"]);
    learner.gives(&["progress", "--report", "report.md"]).yes();
    assert!(learner.reads("report.md").contains("fan-out"));
    let again = learner.gives(&["progress", "--report", "report.md"]);
    assert_eq!(again.code, 2, "a file of that name is never overwritten");
    assert!(learner.gives(&["solution", "fan-out"]).yes().contains("Why it works"));
}

#[test]
fn the_same_content_is_judged_once_and_a_verdict_is_json_for_programs() {
    let learner = Learner::in_dojo();
    learner.gives(&["run", "fan-out"]);
    let verdict = learner.gives(&["run", "fan-out", "--format", "json"]);
    assert_eq!(verdict.code, 1);
    let json = verdict.json();
    assert_eq!(json["from_cache"], true);
    assert_eq!((json["verdict"].as_str(), json["exercise"].as_str()), (Some("failed"), Some("fan-out")));
    assert_eq!(json["tests"][0]["failure"]["message"], "one-after-another");
    let again = learner.gives(&["run", "fan-out", "--format", "json", "--again"]).json();
    assert_eq!(again["from_cache"], false);
}

#[test]
fn a_mistake_that_does_not_compile_is_explained() {
    let learner = Learner::in_dojo();
    let path = "exercises/01-basic-patterns/01-first-await.rs";
    let text = learner.reads(path) + "\nasync fn one() -> u32 { 1 }\npub async fn two() -> u32 { one() + 1 }\n";
    learner.writes(path, &text);
    let answer = learner.gives(&["run", "first-await"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("DOES NOT COMPILE") && answer.out.contains(path), "{}", answer.out);
    assert!(answer.out.contains("What it means") && answer.out.contains("What to do"), "{}", answer.out);
    assert!(learner.gives(&["run", "first-await", "--lang", "zh"]).out.contains("无法编译"));
}

#[test]
fn hints_come_one_at_a_time_and_are_counted() {
    let learner = Learner::in_dojo();
    for number in 1..=3 {
        assert!(learner.gives(&["hint", "fan-out"]).yes().starts_with(&format!("Hint {number} of 3")));
    }
    let all = learner.gives(&["hint", "fan-out"]);
    assert!(all.yes().contains("Hint 1 of 3") && all.out.contains("Hint 3 of 3"));
}

#[test]
fn a_solution_is_shown_before_it_is_earned_only_when_asked_for() {
    let learner = Learner::in_dojo();
    let refused = learner.gives(&["solution", "fan-out"]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    assert!(learner.gives(&["solution", "fan-out", "--reveal"]).yes().contains("pub async fn"));
}

#[test]
fn a_reset_keeps_the_learners_version_and_can_be_undone() {
    let learner = Learner::in_dojo();
    let path = "exercises/01-basic-patterns/03-fan-out.rs";
    let stub = learner.reads(path);
    learner.writes(path, "// mine\n");
    assert!(learner.gives(&["reset", "fan-out"]).yes().contains("backups"));
    assert_eq!(learner.reads(path), stub);
    learner.gives(&["reset", "fan-out", "--undo"]).yes();
    assert_eq!(learner.reads(path), "// mine\n");
}

#[test]
fn lessons_and_exercises_are_read_in_either_language_or_both() {
    let learner = Learner::in_dojo();
    assert!(learner.gives(&["show", "overview"]).yes().contains("Quick start"));
    assert!(learner.gives(&["show", "overview", "--lang", "zh"]).yes().contains("事件循环"));
    let both = learner.gives(&["show", "basic-patterns#tasks", "--lang", "both", "--width", "120"]);
    assert!(both.yes().lines().any(|line| line.contains('│') && line.contains("任务")), "{}", both.out);
    assert!(!both.out.contains('\u{1b}'), "a pipe gets plain text");
    let unknown = learner.gives(&["show", "basic-pattern"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("Did you mean `basic-patterns`?"), "{}", unknown.err);
}

#[test]
fn an_example_of_a_lesson_runs_where_it_is_read() {
    let learner = Learner::in_dojo();
    assert!(learner.gives(&["show", "overview", "--run", "1"]).yes().contains("Tea is ready."));
}

#[test]
fn doctor_completions_and_manual_answer() {
    let learner = Learner::in_dojo();
    assert!(learner.gives(&["doctor"]).out.contains("rustc"));
    assert!(learner.gives(&["completions", "bash"]).yes().contains("_awaitlings"));
    assert!(learner.gives(&["man"]).yes().contains(".TH awaitlings"));
    assert_eq!(learner.gives(&["frobnicate"]).code, 2);
}

#[test]
fn a_broken_settings_file_and_a_missing_exercise_are_told_and_the_rest_works() {
    let learner = Learner::in_dojo();
    learner.writes("awaitlings.toml", "track = \"cobol\"\nlanguage = \"zh\"\n");
    let answer = learner.gives(&["list"]);
    assert!(answer.yes().contains("并发扇出") && answer.err.contains("awaitlings.toml:1:"), "{}", answer.err);
    std::fs::remove_file(learner.folder.join("exercises/01-basic-patterns/03-fan-out.rs")).unwrap();
    let gone = learner.gives(&["run", "fan-out"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("awaitlings reset fan-out"), "{}", gone.err);
    learner.gives(&["reset", "fan-out"]).yes();
    assert_eq!(learner.gives(&["run", "fan-out"]).code, 1);
}

#[test]
fn rust_analyzer_and_cargo_understand_the_folder() {
    let learner = Learner::in_dojo();
    // The libraries' sources are there once they were built; nothing is to be fetched here.
    learner.gives(&["doctor", "--prepare"]).yes();
    let mut cargo = std::process::Command::new(env!("CARGO"));
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("dojo-target");
    cargo.args(["check", "--quiet"]).env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS");
    let output = cargo.current_dir(&learner.folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_newer_course_brings_new_starts_and_leaves_edited_files_alone() {
    let mut learner = Learner::new();
    let course = learner.folder.join("course");
    learner::copy(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny")), &course);
    learner.gives(&["init", "dojo", "--course", "course"]).yes();
    learner.folder.push("dojo");
    learner.writes("exercises/01-first/01-double.rs", "// mine\n");
    for exercise in ["01-double", "02-together"] {
        let stub = course.join(format!("exercises/01-first/{exercise}/rust/stub.rs"));
        let text = std::fs::read_to_string(&stub).unwrap();
        std::fs::write(&stub, format!("// newer\n{text}")).unwrap();
    }
    let told = learner.gives(&["list"]);
    assert!(told.err.contains("01-double.rs") && told.err.contains("left alone"), "{}", told.err);
    assert!(
        told.err.contains("updated to the course's new version: exercises/01-first/02-together.rs"),
        "{}",
        told.err
    );
    assert_eq!(learner.reads("exercises/01-first/01-double.rs"), "// mine\n");
    assert!(learner.reads("exercises/01-first/02-together.rs").starts_with("// newer\n"));
    assert_eq!(learner.gives(&["list"]).err, "", "it is told once");
    learner.gives(&["list", "--course", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/broken")]).yes();
    assert!(learner.folder.join("exercises/01-first/02-together.rs").exists(), "another course changes nothing");
}
