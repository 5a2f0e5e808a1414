//! Tests of the model and of what is drawn, without a terminal.

mod random;
mod review;
mod runs;
mod screens;
mod walks;

use super::model::{Choices, Editor, Model, Reading};
use super::msg::{Cause, Effect, Msg, RunNews, SourceFile};
use super::{picture, update};
use crate::course::{Course, Language, Track};
use crate::lesson;
use crate::progress::Progress;
use crate::runner::Verdict;
use crate::workspace::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::path::Path;
use std::sync::{Arc, LazyLock};

static COURSE: LazyLock<Arc<Course>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/screen");
    Arc::new(Course::from_folder(&folder).unwrap())
});

const CHOICES: Choices = Choices {
    language: Language::En,
    reading: Reading::One,
    track: Track::Rust,
    both_tracks: false,
    theme: Theme::Dark,
    ascii: false,
    editor: Editor::BuiltIn,
};

/// What the learner has of `fan-out`.
const STUB: &str = include_str!("../../../tests/courses/screen/exercises/01-basic-patterns/03-fan-out/rust/stub.rs");

/// A verdict on `fan-out` as the program printed it.
fn verdict(name: &str) -> Box<Verdict> {
    static ALL: LazyLock<[(&str, Verdict); 3]> = LazyLock::new(|| {
        ["failing.json", "passing.json", "broken.json"].map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tui").join(name);
            (name, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        })
    });
    Box::new(ALL.iter().find(|(known, _)| *known == name).unwrap().1.clone())
}

fn model(choices: Choices, size: (u16, u16)) -> Model {
    let mut model = Model::new(Arc::clone(&COURSE), Progress::default(), choices, size);
    model.folder = Some("/home/ada/dojo".to_owned());
    give(&mut model, Msg::Resize(size.0, size.1));
    model
}

/// Takes a message in and does at once what needs no machine.
fn give(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut left = Vec::new();
    let mut todo = update(model, msg);
    while !todo.is_empty() {
        for effect in std::mem::take(&mut todo) {
            match effect {
                Effect::Highlight(fences) => {
                    let found = fences.into_iter().map(|fence| {
                        let tokens = lesson::highlight(&fence.text, &fence.language);
                        (fence, tokens)
                    });
                    todo.extend(update(model, Msg::Highlighted(found.collect())));
                }
                Effect::ReadFile(exercise, track, cause) => {
                    todo.extend(update(model, file(&exercise, track, STUB, cause)));
                }
                other => left.push(other),
            }
        }
    }
    left
}

fn file(exercise: &str, track: Track, text: &str, cause: Cause) -> Msg {
    let shown = format!("exercises/01-basic-patterns/03-{exercise}.{}", track.extension());
    Msg::Source { exercise: exercise.to_owned(), track, file: SourceFile { shown, text: Ok(text.to_owned()) }, cause }
}

fn press(code: KeyCode) -> Msg {
    Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Types characters; the last effects are returned.
fn keys(model: &mut Model, text: &str) -> Vec<Effect> {
    text.chars().map(|char| give(model, press(KeyCode::Char(char)))).last().unwrap_or_default()
}

/// Opens `fan-out` from anywhere.
fn open_fan_out(model: &mut Model) {
    keys(model, "Hc/fan");
    give(model, press(KeyCode::Enter));
    give(model, press(KeyCode::Enter));
}

/// Lets the newest run end.
fn end_run(model: &mut Model, name: &str) -> Vec<Effect> {
    let run = model.last_run;
    let effects = give(model, Msg::Run { run, news: RunNews::Verdict(verdict(name)) });
    give(model, Msg::Run { run, news: RunNews::Reference(verdict("passing.json")) });
    effects
}

fn shown(model: &Model) -> String {
    picture::text(&picture::screen(model))
}
