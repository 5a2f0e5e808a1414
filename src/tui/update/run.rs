//! Runs: what starts one, and what it tells. Only the newest run is listened to.

use super::Todo;
use crate::course::Track;
use crate::progress::State;
use crate::runner::timeline::has_counterpart;
use crate::tui::model::{Model, Running, Runs};
use crate::tui::msg::{Cause, Effect, RunNews, SourceFile, Tone};
use crate::tui::screen::{Pane, Screen};
use crate::wording::{Say, Screen as Words};

/// A learner's file is known, or known anew.
pub fn source(model: &mut Model, exercise: String, track: Track, file: SourceFile, cause: Cause, todo: &mut Todo) {
    if model.course.exercise(&exercise).is_none() {
        return;
    }
    let desk = model.desks.entry((exercise.clone(), track)).or_default();
    let is_same = desk.file.as_ref() == Some(&file);
    if cause == Cause::Changed && is_same {
        return;
    }
    desk.file = Some(file.clone());
    model.edition += 1;
    let Ok(text) = file.text else { return };
    let start = match cause {
        Cause::Shown => false,
        // A file that an editor has just emptied is about to be written.
        Cause::Changed => !is_same && !text.trim().is_empty(),
        Cause::Asked => true,
    };
    if start {
        judge(model, exercise, track, text, file.shown, todo);
    }
}

fn judge(model: &mut Model, exercise: String, track: Track, source: String, shown: String, todo: &mut Todo) {
    let what = Runs::Exercise { exercise: exercise.clone(), track, source: source.clone() };
    let run = begin(model, what);
    for screen in &mut model.screens {
        if let Screen::Exercise(view) = screen
            && view.id == exercise
            && view.pane != Pane::Timeline
        {
            view.focus(Pane::Verdict);
            view.pager().go(0);
        }
    }
    todo.push(Effect::Judge { run, exercise, track, source, shown });
}

/// Begins a run; the one before is over.
pub fn begin(model: &mut Model, what: Runs) -> u64 {
    model.last_run += 1;
    model.running = Some(Running {
        run: model.last_run,
        what,
        since_ms: model.now_ms,
        step: None,
        tests: Vec::new(),
        errors: Vec::new(),
    });
    model.edition += 1;
    model.last_run
}

/// Ends the run.
pub fn stop(model: &mut Model, todo: &mut Todo) {
    if model.running.take().is_some() {
        todo.push(Effect::Cancel);
        model.notice = Some((Tone::Fine, model.say(&Words::Stopped)));
        model.edition += 1;
    }
}

/// A run tells something.
pub fn news(model: &mut Model, run: u64, news: RunNews, todo: &mut Todo) {
    let Some(mut running) = model.running.take_if(|running| running.run == run) else { return };
    model.edition += 1;
    match (news, running.what.clone()) {
        (RunNews::Event(event), _) => {
            running.take(event);
            model.running = Some(running);
        }
        (RunNews::Verdict(verdict), Runs::Exercise { exercise, track, source }) => {
            let judged = model.course.exercise(&exercise).map(|(_, exercise)| exercise);
            if judged.is_some_and(|exercise| has_counterpart(&verdict, exercise)) {
                running.what = Runs::Reference { exercise: exercise.clone(), track };
                model.running = Some(running);
            }
            tell(model, &exercise, track, &verdict);
            todo.push(Effect::Record(verdict.clone(), source.clone()));
            let desk = model.desks.entry((exercise, track)).or_default();
            desk.verdict = Some(verdict);
            desk.judged = source;
        }
        (RunNews::Reference(verdict), Runs::Reference { exercise, track }) => {
            model.desks.entry((exercise, track)).or_default().reference = Some(verdict);
        }
        (RunNews::Example(result), Runs::Example { lesson, fence }) => {
            let views = model.screens.iter_mut().filter_map(|screen| match screen {
                Screen::Lesson(view) if view.id == lesson => Some(view),
                _ => None,
            });
            views.for_each(|view| {
                view.example = Some((fence, result.clone()));
                view.reveal = true;
            });
        }
        (RunNews::Reviewed(report), Runs::Review) => {
            model.running = Some(running);
            super::review::take(model, report);
        }
        (RunNews::ReviewEnded, Runs::Review) => {}
        // News of another kind than the run's are none of its own.
        _ => model.running = Some(running),
    }
}

/// Says in a line what a verdict means for the way through the course.
fn tell(model: &mut Model, exercise: &str, track: Track, verdict: &crate::runner::Verdict) {
    let is_shown = matches!(model.screen(), Screen::Exercise(view) if view.id == exercise);
    let language = model.choices.language;
    let title = model.course.exercise(exercise).map_or("", |(_, exercise)| exercise.title.get(language)).to_owned();
    let words = if verdict.passed() {
        let others = model.course.exercises().filter(|(_, other)| other.id != exercise);
        let mut in_track = others.filter(|(_, other)| other.tracks.contains_key(&track));
        let is_last = in_track.all(|(_, other)| model.progress.state(&other.id, track) == State::Passed);
        if is_last { Words::AllDone } else { Words::Solved { title } }
    } else if is_shown {
        return;
    } else {
        Words::NotSolvedYet { title }
    };
    let tone = if verdict.passed() { Tone::Fine } else { Tone::Trouble };
    model.notice = Some((tone, words.say(language)));
}
