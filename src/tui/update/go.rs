//! Going from screen to screen.

use super::Todo;
use crate::progress::State;
use crate::tui::model::Model;
use crate::tui::msg::{Cause, Effect, Tone};
use crate::tui::screen::{ExerciseView, LessonView, ListView, MatrixView, Pane, Screen};
use crate::wording::Screen as Words;
use std::collections::BTreeSet;

/// The most screens that can be gone back through.
const DEEPEST: usize = 32;

/// Back to the screen before; from the first one, out.
pub fn back(model: &mut Model, todo: &mut Todo) {
    if model.screens.len() > 1 {
        model.screens.pop();
    } else {
        todo.push(Effect::Quit);
    }
}

fn push(model: &mut Model, screen: Screen) {
    if model.screens.len() >= DEEPEST {
        model.screens.remove(1);
    }
    model.screens.push(screen);
}

/// Opens a lesson, at a section if one is named.
pub fn lesson(model: &mut Model, id: &str, section: Option<&str>, todo: &mut Todo) {
    if model.course.lesson(id).is_none() {
        model.notice = Some((Tone::Trouble, model.say(&Words::NoLesson { id: id.to_owned() })));
        return;
    }
    // Going back and forth between a lesson and its exercise keeps the place in it.
    let open = model.screens.iter().position(|screen| matches!(screen, Screen::Lesson(view) if view.id == id));
    let mut view = match open.map(|at| model.screens.remove(at)) {
        Some(Screen::Lesson(view)) => view,
        _ => Box::new(LessonView { id: id.to_owned(), ..LessonView::default() }),
    };
    view.wanted = section.map(str::to_owned);
    push(model, Screen::Lesson(view));
    prepare(model, id, todo);
}

/// Asks for the libraries of a module and of the one after it, so that they are there when they are needed.
fn prepare(model: &Model, module: &str, todo: &mut Todo) {
    // Somebody who only reads builds nothing.
    if model.folder.is_none() {
        return;
    }
    let (track, modules) = (model.choices.track, &model.course.modules);
    let at = modules.iter().position(|one| one.id == module).unwrap_or(0);
    let exercises = modules.iter().skip(at).take(2).flat_map(|module| &module.exercises);
    let sets: BTreeSet<&String> = exercises.filter_map(|one| Some(&one.tracks.get(&track)?.set)).collect();
    todo.extend(sets.into_iter().map(|set| Effect::Prepare(track, set.clone())));
}

/// Opens an exercise.
pub fn exercise(model: &mut Model, id: &str, todo: &mut Todo) {
    let track = model.choices.track;
    let Some((_, exercise)) = model.course.exercise(id) else { return };
    if !exercise.tracks.contains_key(&track) {
        let words = Words::NotInTrack { id: id.to_owned(), track: track.to_string() };
        model.notice = Some((Tone::Trouble, model.say(&words)));
        return;
    }
    let open = model.screens.iter().position(|screen| matches!(screen, Screen::Exercise(view) if view.id == id));
    let view = match open.map(|at| model.screens.remove(at)) {
        Some(Screen::Exercise(view)) => view,
        _ => Box::new(ExerciseView { id: id.to_owned(), right: Pane::Verdict, ..ExerciseView::default() }),
    };
    todo.push(Effect::ReadFile(id.to_owned(), track, Cause::Shown));
    todo.push(Effect::Prime(id.to_owned(), track));
    push(model, Screen::Exercise(view));
}

/// Opens what a section reference names: `basic-patterns#tasks`.
pub fn section(model: &mut Model, reference: &str, todo: &mut Todo) {
    match reference.split_once('#') {
        Some((id, section)) => lesson(model, id, Some(section), todo),
        None => lesson(model, reference, None, todo),
    }
}

/// The list of the course.
pub fn list(model: &mut Model) {
    if !matches!(model.screen(), Screen::List(_)) {
        push(model, Screen::List(ListView::default()));
    }
}

/// The matrix.
pub fn matrix(model: &mut Model) {
    if !matches!(model.screen(), Screen::Matrix(_)) {
        push(model, Screen::Matrix(MatrixView::default()));
    }
}

/// What comes after an exercise: the next open one; where that begins a new module, its lesson first.
pub fn after(model: &mut Model, id: &str, todo: &mut Todo) {
    let in_track: Vec<(String, String)> = model
        .course
        .exercises()
        .filter(|(_, exercise)| exercise.tracks.contains_key(&model.choices.track))
        .map(|(module, exercise)| (module.id.clone(), exercise.id.clone()))
        .collect();
    let here = in_track.iter().position(|(_, exercise)| exercise == id);
    let start = here.map_or(0, |at| at + 1);
    let order = in_track[start..].iter().chain(&in_track[..start]);
    let is_open = |exercise: &str| model.progress.state(exercise, model.choices.track) != State::Passed;
    let next = order.clone().find(|(_, exercise)| exercise != id && is_open(exercise)).cloned();
    let module = here.map(|at| in_track[at].0.clone());
    match next {
        Some((next_module, _))
            if module.is_some_and(|module| module != next_module) && has_lesson(model, &next_module) =>
        {
            lesson(model, &next_module, None, todo);
        }
        Some((_, exercise_id)) => exercise(model, &exercise_id, todo),
        None => model.notice = Some((Tone::Fine, model.say(&Words::AllDone))),
    }
}

fn has_lesson(model: &Model, id: &str) -> bool {
    model.course.lesson(id).is_some()
}

/// The exercise that a lesson leads to: the first open one of its module, else its first.
pub fn from_lesson(model: &mut Model, lesson: &str, todo: &mut Todo) {
    let track = model.choices.track;
    let module = model.course.modules.iter().find(|module| module.id == lesson);
    let exercises: Vec<_> = module.map(|module| &module.exercises[..]).unwrap_or_default().iter().collect();
    let mut in_track = exercises.into_iter().filter(|exercise| exercise.tracks.contains_key(&track));
    let first = in_track.clone().next();
    let open = in_track.find(|exercise| model.progress.state(&exercise.id, track) != State::Passed);
    let id = open.or(first).map(|exercise| exercise.id.clone());
    let id = id.or_else(|| model.matrix.next.as_ref().map(|next| next.exercise.clone()));
    match id {
        Some(id) => exercise(model, &id, todo),
        None => model.notice = Some((Tone::Fine, model.say(&Words::NoExercise))),
    }
}
