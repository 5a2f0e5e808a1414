//! The keys of a lesson.

use super::{Todo, choice, go, run};
use crate::course::Track;
use crate::lesson::{Fence, Mark};
use crate::tui::action::Action;
use crate::tui::model::{Model, Runs};
use crate::tui::msg::{Effect, Tone};
use crate::tui::pager::Direction;
use crate::tui::screen::{ChoiceKind, LessonView, Screen};
use crate::wording::Screen as Words;

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let Some(Screen::Lesson(view)) = model.screens.last_mut() else { return false };
    if view.pager.scroll(action) {
        return true;
    }
    match action {
        Action::Contents => choice::open(model, ChoiceKind::Contents),
        Action::Search => {
            view.search.text.clear();
            view.search.typing = true;
        }
        Action::SearchNext => find(model, Direction::Forward),
        Action::SearchPrevious => find(model, Direction::Back),
        Action::NextHeading => {
            let top = view.pager.top;
            let next = view.pager.rows.iter().skip(top + 1).position(|row| row.anchor.is_some());
            if let Some(next) = next {
                view.pager.go(top + 1 + next);
            }
        }
        Action::PreviousHeading => {
            let before = view.pager.rows.iter().take(view.pager.top).rposition(|row| row.anchor.is_some());
            view.pager.go(before.unwrap_or(0));
        }
        Action::NextExample => next_example(model),
        Action::BothTracks => choice::both_tracks(model),
        Action::Run => run_example(model, todo),
        Action::Stop => run::stop(model, todo),
        Action::Next => {
            let id = view.id.clone();
            go::from_lesson(model, &id, todo);
        }
        _ => return false,
    }
    true
}

/// Goes to the next place of what is searched for.
pub fn find(model: &mut Model, direction: Direction) {
    let Some(Screen::Lesson(view)) = model.screens.last_mut() else { return };
    let text = view.search.text.clone();
    match view.pager.find(&text, direction) {
        Some(row) => view.pager.go(row),
        None if !text.is_empty() => model.notice = Some((Tone::Fine, model.say(&Words::NotFound { text }))),
        None => {}
    }
}

/// The fences that can be run in a track.
pub fn runnable(view: &LessonView, track: Track, both_tracks: bool) -> Vec<&Fence> {
    let document = view.documents.first();
    let in_track = |fence: &&Fence| match Track::from_name(&fence.language) {
        Some(of) => fence.has(Mark::Run) && (both_tracks || of == track),
        None => false,
    };
    document.map(|document| document.fences().filter(in_track).collect()).unwrap_or_default()
}

/// Chooses the next example and shows it.
fn next_example(model: &mut Model) {
    let (track, both) = (model.choices.track, model.choices.both_tracks);
    let Some(Screen::Lesson(view)) = model.screens.last_mut() else { return };
    let fences: Vec<usize> = runnable(view, track, both).iter().map(|fence| fence.index).collect();
    if fences.is_empty() {
        model.notice = Some((Tone::Fine, model.say(&Words::NoExample)));
        return;
    }
    let here = view.fence.and_then(|fence| fences.iter().position(|one| *one == fence));
    let next = match here {
        Some(at) => fences[(at + 1) % fences.len()],
        None => in_sight(view, &fences).unwrap_or(fences[0]),
    };
    view.fence = Some(next);
    // Side by side, the rows carry the number of the Rust fence.
    let row = view.pager.rows.iter().position(|row| row.fence.is_some_and(|of| of == next || of + 1 == next));
    let bottom = view.pager.top + view.pager.height;
    if let Some(row) = row
        && !(view.pager.top..bottom.saturating_sub(2)).contains(&row)
    {
        view.pager.go(row.saturating_sub(2));
    }
    model.edition += 1;
}

/// The first of some fences that is seen, or that comes below.
fn in_sight(view: &LessonView, fences: &[usize]) -> Option<usize> {
    let rows = view.pager.rows.iter().skip(view.pager.top);
    rows.filter_map(|row| row.fence).find(|fence| fences.contains(fence))
}

fn run_example(model: &mut Model, todo: &mut Todo) {
    let (track, both) = (model.choices.track, model.choices.both_tracks);
    let Some(Screen::Lesson(view)) = model.screens.last_mut() else { return };
    let fences = runnable(view, track, both);
    let numbers: Vec<usize> = fences.iter().map(|fence| fence.index).collect();
    let seen: Vec<usize> = view.pager.seen().iter().filter_map(|row| row.fence).collect();
    // The chosen one as long as it is on the screen, else the first that is.
    let chosen = view.fence.filter(|fence| seen.contains(fence) || seen.contains(&fence.saturating_sub(1)));
    let wanted = chosen.or_else(|| in_sight(view, &numbers)).or(numbers.last().copied());
    let Some(fence) = fences.iter().find(|fence| Some(fence.index) == wanted) else {
        model.notice = Some((Tone::Fine, model.say(&Words::NoExample)));
        return;
    };
    let (source, number) = (fence.text.clone(), fence.index);
    let set = fence.set.clone().unwrap_or_else(|| "base".to_owned());
    let track = Track::from_name(&fence.language).unwrap_or(track);
    view.fence = Some(number);
    view.example = None;
    view.reveal = true;
    let lesson = view.id.clone();
    let run = run::begin(model, Runs::Example { lesson, fence: number });
    todo.push(Effect::Example { run, track, source, set });
}
