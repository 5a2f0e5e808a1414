//! The keys of an exercise.

use super::{Todo, choice, edit, go, run};
use crate::progress::State;
use crate::report::chart::Window;
use crate::runner::rust::diagnostics::Severity;
use crate::tui::action::Action;
use crate::tui::layout::timeline;
use crate::tui::model::{Editor, Model};
use crate::tui::msg::{Cause, Effect, Tone};
use crate::tui::screen::{ChoiceKind, ExerciseView, Page, PageKind, Pane, Screen};
use crate::wording::Screen as Words;

/// The shortest part of a timeline that is shown, in microseconds.
const SHORTEST: u64 = 100;

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let Some(Screen::Exercise(view)) = model.screens.last_mut() else { return false };
    let (id, track) = (view.id.clone(), model.choices.track);
    if view.pager().scroll(action) {
        return true;
    }
    match action {
        Action::NextPane => step(view, 1),
        Action::PreviousPane => step(view, Pane::ALL.len() - 1),
        Action::Pane(number) => {
            if let Some(pane) = Pane::ALL.get(usize::from(number)) {
                view.focus(*pane);
            }
        }
        Action::WholeTrace => {
            view.whole_trace = !view.whole_trace;
            view.focus(Pane::Verdict);
        }
        Action::Run => todo.push(Effect::ReadFile(id, track, Cause::Asked)),
        Action::Stop => run::stop(model, todo),
        Action::Edit if model.choices.editor == Editor::Own => {
            let line = first_error(model, &id);
            todo.push(Effect::Edit(id, track, line));
        }
        Action::Edit | Action::EditHere => edit::open(model, &id),
        Action::Hint => hints(model, &id, todo),
        Action::Solution => solution(model, &id),
        Action::Attempts => page(model, PageKind::Attempts(id)),
        Action::Reset => choice::open(model, ChoiceKind::Reset),
        Action::UndoReset => todo.push(Effect::UndoReset(id, track)),
        Action::Next => go::after(model, &id, todo),
        Action::Read => read(model, &id, todo),
        Action::ZoomIn | Action::ZoomOut | Action::ZoomAll | Action::Left | Action::Right => zoom(model, action),
        Action::NextTest => next_test(model),
        _ => return false,
    }
    true
}

fn step(view: &mut ExerciseView, by: usize) {
    view.focus(Pane::ALL[(view.pane.number() + by) % Pane::ALL.len()]);
}

fn page(model: &mut Model, kind: PageKind) {
    model.screens.push(Screen::Page(Page { kind, pager: Default::default() }));
}

/// The line of the first error, or the first.
fn first_error(model: &Model, id: &str) -> u32 {
    let desk = model.desks.get(&(id.to_owned(), model.choices.track));
    let verdict = desk.and_then(|desk| desk.verdict.as_ref());
    let errors = verdict.into_iter().flat_map(|verdict| &verdict.diagnostics);
    errors.filter(|one| one.severity == Severity::Error).find_map(|one| one.line).unwrap_or(1)
}

/// Opens the lesson section that an exercise practises.
fn read(model: &mut Model, id: &str, todo: &mut Todo) {
    let Some((module, exercise)) = model.course.exercise(id) else { return };
    let section = exercise.section.clone().unwrap_or_else(|| module.id.clone());
    go::section(model, &section, todo);
}

fn solution(model: &mut Model, id: &str) {
    if model.progress.state(id, model.choices.track) == State::Passed || has_passed(model, id) {
        page(model, PageKind::Solution(id.to_owned()));
    } else {
        model.notice = Some((Tone::Fine, model.say(&Words::SolutionLater)));
    }
}

fn has_passed(model: &Model, id: &str) -> bool {
    let desk = model.desks.get(&(id.to_owned(), model.choices.track));
    desk.and_then(|desk| desk.verdict.as_ref()).is_some_and(|verdict| verdict.passed())
}

/// Opens the hints; the first time the first is shown.
fn hints(model: &mut Model, id: &str, todo: &mut Todo) {
    let (seen, total) = layout_hints(model, id);
    page(model, PageKind::Hints(id.to_owned()));
    if seen == 0 && total > 0 {
        next_hint(model, id, todo);
    }
}

fn layout_hints(model: &Model, id: &str) -> (u32, u32) {
    crate::tui::layout::hints(model, id)
}

/// Shows one hint more.
pub fn next_hint(model: &mut Model, id: &str, todo: &mut Todo) {
    let (seen, total) = layout_hints(model, id);
    if seen >= total {
        model.notice = Some((Tone::Fine, model.say(&Words::NoMoreHints)));
        return;
    }
    let track = model.choices.track;
    model.desks.entry((id.to_owned(), track)).or_default().hints = seen + 1;
    model.edition += 1;
    if let Some(Screen::Page(page)) = model.screens.last_mut() {
        // The new hint is at the end.
        page.pager.top = usize::MAX;
    }
    todo.push(Effect::HintSeen(id.to_owned(), track, seen + 1));
}

fn zoom(model: &mut Model, action: Action) {
    let Some(Screen::Exercise(view)) = model.screens.last() else { return };
    let Some(shown) = timeline::of(model, view) else { return };
    let whole = shown.whole();
    let now = view.window.unwrap_or(whole);
    let length = now.to_us.saturating_sub(now.from_us).max(1);
    let all = whole.to_us.max(1);
    let (from, length) = match action {
        Action::ZoomIn => (now.from_us + length / 4, (length / 2).max(SHORTEST.min(all))),
        Action::ZoomOut => (now.from_us.saturating_sub(length / 2), length.saturating_mul(2)),
        Action::Left => (now.from_us.saturating_sub((length / 4).max(1)), length),
        Action::Right => (now.from_us + (length / 4).max(1), length),
        _ => (0, all),
    };
    let length = length.min(all);
    let from = from.min(all - length);
    let window = Window { from_us: from, to_us: from + length };
    let Some(Screen::Exercise(view)) = model.screens.last_mut() else { return };
    view.window = (window != whole).then_some(window);
    view.focus(Pane::Timeline);
    model.edition += 1;
}

fn next_test(model: &mut Model) {
    let Some(Screen::Exercise(view)) = model.screens.last() else { return };
    let Some(shown) = timeline::of(model, view) else { return };
    let tests = shown.tests;
    let at = tests.iter().position(|test| *test == shown.test).map_or(0, |at| (at + 1) % tests.len());
    let next = tests.get(at).cloned();
    let Some(Screen::Exercise(view)) = model.screens.last_mut() else { return };
    view.test = next;
    view.window = None;
    view.focus(Pane::Timeline);
    model.edition += 1;
}
