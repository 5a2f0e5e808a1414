//! Draws the README's pictures from the screen itself: `cargo run --example screens -- docs/screens`.
//! `tests/tui_pictures.rs` holds that they are current.

use awaitlings::course::{Course, Language, Track};
use awaitlings::lesson;
use awaitlings::progress::Progress;
use awaitlings::runner::Verdict;
use awaitlings::tui::{Choices, Editor, Effect, Model, Msg, Reading, RunNews, SourceFile, picture, update};
use awaitlings::workspace::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::path::PathBuf;
use std::sync::Arc;

/// The pictures: file name and content.
pub fn pictures() -> Vec<(&'static str, String)> {
    let course = Arc::new(Course::embedded().expect("the built-in course loads"));
    let lesson = drawn(&course, Reading::Both, (132, 36), |model| {
        press(model, "cj\r");
        press(model, "/run things together\r");
    });
    let failing = drawn(&course, Reading::One, (120, 38), |model| {
        press(model, "c/fan-out\r\r");
        press(model, "r");
        judged(model, FAILING);
    });
    let matrix = drawn(&course, Reading::One, (100, 22), |model| {
        let progress = serde_json::from_str(PROGRESS).expect("progress");
        give(model, Msg::Progress { progress: Box::new(progress), trouble: None });
        press(model, "p");
    });
    vec![("lesson.svg", lesson), ("failing.svg", failing), ("matrix.svg", matrix)]
}

/// Somebody who has begun.
const PROGRESS: &str = r#"{"exercises": {
    "first-await": {"rust": {"attempts": 2, "first_passed": "2026-11-23T10:00:00Z", "evidence": {"patterns": {
        "date": "2026-11-23T10:00:00Z", "tests": ["patterns::asks_the_service", "patterns::lets_the_thread_go_on"]}}}},
    "fan-out": {"rust": {"attempts": 5, "first_passed": "2026-11-24T09:30:00Z", "evidence": {"patterns": {
        "date": "2026-11-24T09:30:00Z", "tests": ["patterns::takes_as_long_as_the_longest"]}}}}
}}"#;

/// The verdict on the start of `fan-out`, as the program printed it.
const FAILING: &str = include_str!("../tests/tui/failing.json");

/// The verdict on its solution.
const PASSING: &str = include_str!("../tests/tui/passing.json");

fn drawn(course: &Arc<Course>, reading: Reading, size: (u16, u16), way: impl Fn(&mut Model)) -> String {
    let choices = Choices {
        language: Language::En,
        reading,
        track: Track::Rust,
        both_tracks: false,
        theme: Theme::Dark,
        ascii: false,
        editor: Editor::Own,
    };
    let mut model = Model::new(Arc::clone(course), Progress::default(), choices, size);
    give(&mut model, Msg::Resize(size.0, size.1));
    way(&mut model);
    picture::svg(&picture::screen(&model))
}

fn press(model: &mut Model, keys: &str) {
    for key in keys.chars() {
        let code = if key == '\r' { KeyCode::Enter } else { KeyCode::Char(key) };
        give(model, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }
}

fn judged(model: &mut Model, verdict: &str) {
    let read = |text: &str| -> Box<Verdict> { Box::new(serde_json::from_str(text).expect("a verdict")) };
    let run = model.last_run;
    give(model, Msg::Run { run, news: RunNews::Verdict(read(verdict)) });
    give(model, Msg::Run { run, news: RunNews::Reference(read(PASSING)) });
}

/// Takes a message in and does what it asks for, as far as a picture needs it.
fn give(model: &mut Model, msg: Msg) {
    for effect in update(model, msg) {
        match effect {
            Effect::Highlight(fences) => {
                let found = fences.into_iter().map(|fence| {
                    let tokens = lesson::highlight(&fence.text, &fence.language);
                    (fence, tokens)
                });
                give(model, Msg::Highlighted(found.collect()));
            }
            Effect::ReadFile(exercise, track, cause) => {
                let Some((_, found)) = model.course.exercise(&exercise) else { continue };
                let text = found.tracks.get(&track).map(|files| files.stub.clone()).unwrap_or_default();
                let file = SourceFile { shown: found.learner_path(track), text: Ok(text) };
                give(model, Msg::Source { exercise, track, file, cause });
            }
            _ => {}
        }
    }
}

#[allow(dead_code, reason = "the test uses the pictures alone")]
fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "docs/screens".into()));
    std::fs::create_dir_all(&folder)?;
    for (name, svg) in pictures() {
        std::fs::write(folder.join(name), svg)?;
    }
    Ok(())
}
