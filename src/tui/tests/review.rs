//! A review of the person's own code, browsed.

use super::*;
use crate::review::{self, FromProcesses, ReviewArgs};
use crate::tui::screen::{ReviewView, Screen};
use std::path::PathBuf;

fn args() -> ReviewArgs {
    ReviewArgs { paths: vec![PathBuf::from("tests/tui/reviewed")], no_cargo: true, ..ReviewArgs::default() }
}

/// What is found in a small file.
pub(super) fn report() -> review::Report {
    review::report(&args(), FromProcesses::default()).unwrap()
}

/// A model that browses the review of a small file, and the run that it came from.
pub(super) fn browsing(choices: Choices, size: (u16, u16)) -> Model {
    let mut model = Model::new(Arc::clone(&COURSE), Progress::default(), choices, size);
    model.screens = vec![Screen::Review(Box::new(ReviewView { args: args(), ..ReviewView::default() }))];
    let effect = update::begin_review(&mut model);
    assert!(matches!(effect, Some(Effect::Review { .. })));
    let report = Ok(Box::new(report()));
    let run = model.last_run;
    give(&mut model, Msg::Run { run, news: RunNews::Reviewed(report) });
    give(&mut model, Msg::Run { run, news: RunNews::ReviewEnded });
    assert!(!model.is_moving());
    model
}

#[test]
fn the_first_finding_is_shown_with_its_code_and_what_to_do() {
    let model = browsing(CHOICES, (120, 40));
    let text = shown(&model);
    for words in ["dangling-task", "asyncio.create_task(other())", "^^^^^^^^^^", "What to do", "basic-patterns#tasks"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn findings_are_gone_through_opened_and_reviewed_again() {
    let mut model = browsing(CHOICES, (80, 24));
    let file = |line: u32| (PathBuf::from("tests/tui/reviewed/app.py"), line);
    let edits = |effects: Vec<Effect>| match &effects[..] {
        [Effect::EditPlace(file, line)] => Some((file.clone(), *line)),
        _ => None,
    };
    assert_eq!(edits(keys(&mut model, "e")), Some(file(7)));
    assert_eq!(edits(keys(&mut model, "ne")), Some(file(6)), "the next finding is of the next criterion");
    keys(&mut model, "g");
    assert_eq!(edits(keys(&mut model, "e")), None, "a criterion is no place in a file");
    assert!(shown(&model).contains("dynamic dispatch"), "what reading cannot know is said: {}", shown(&model));
    let effects = give(&mut model, Msg::Edited);
    assert!(matches!(&effects[..], [Effect::Review { .. }]), "what was edited is reviewed: {effects:?}");
    assert!(model.is_moving());
    let run = model.last_run;
    give(&mut model, Msg::Run { run, news: RunNews::Reviewed(Err("the folder is gone".to_owned())) });
    assert!(shown(&model).contains("the folder is gone"));
}

#[test]
fn a_finding_leads_to_its_lesson_and_back() {
    let mut model = browsing(CHOICES, (80, 24));
    keys(&mut model, "t");
    assert!(matches!(model.screen(), Screen::Lesson(view) if view.id == "basic-patterns"));
    keys(&mut model, "q");
    assert!(matches!(model.screen(), Screen::Review(_)));
}
