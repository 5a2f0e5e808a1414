//! The course as prompts and lines, as somebody with a screen reader walks it.

mod learner;

use learner::Learner;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// Types lines at the prompts and returns all that was printed.
fn types(learner: &Learner, lines: &[&str]) -> String {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    let mut command = learner.command(&["--plain", "--course", tiny.to_str().unwrap(), "--folder", "dojo"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = command.spawn().unwrap();
    program.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The prompts, in order, with what was printed after each.
fn answers(printed: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = printed.split(" > ").collect();
    parts.windows(2).map(|pair| (pair[0].lines().last().unwrap_or_default(), pair[1])).collect()
}

#[test]
fn an_exercise_is_read_failed_solved_and_left_when_asked() {
    let mut learner = Learner::new();
    let printed = types(&learner, &["task", "judge", "quit"]);
    assert!(printed.contains("Your function returned 21 for 21"), "{printed}");
    learner.folder.push("dojo");
    learner.writes("exercises/01-first/01-double.rs", include_str!("courses/tiny/solutions/01-first/01-double.rs"));
    let printed = types(&learner, &["judge", "solution", "next", "task"]);
    assert!(!printed.contains('\u{1b}'), "no colour and no cursor movement: {printed:?}");
    let [judged, solution, next, task, _] = answers(&printed)[..] else { panic!("{printed}") };
    assert!(judged.0 == "double" && judged.1.contains("PASSED"), "{printed}");
    assert!(solution.0 == "double" && solution.1.contains("Because it does what it says."), "{printed}");
    assert_eq!((next.0, task.0), ("double", "together"), "only `next` goes on: {printed}");
    assert!(task.1.contains("# Together"), "{printed}");
}

#[test]
fn an_example_runs_and_language_and_track_can_be_changed() {
    let learner = Learner::new();
    let printed = types(&learner, &["read first", "example 1", "lang", "status", "track", "status", "nonsense"]);
    assert!(printed.contains("Await what is async."), "{printed}");
    assert!(printed.contains("hello\n"), "{printed}");
    assert!(printed.contains("(python)"), "{printed}");
    assert!(printed.contains("命令：task"), "a word that is no command is answered with the commands");
}
