//! An exercise: what it is and how it stands, and its parts.

use super::canvas::Canvas;
use crate::progress::State;
use crate::runner::Kind;
use crate::tui::geometry;
use crate::tui::model::{Model, Runs};
use crate::tui::screen::{ExerciseView, Pane};
use crate::tui::text::{Ink, Row};
use crate::wording::{Judging, Say, Screen as Words};
use ratatui::layout::Rect;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: &ExerciseView, body: Rect) {
    let panes = geometry::panes(view, body);
    let title = Rect { x: panes.title.x + 1, width: panes.title.width.saturating_sub(2), ..panes.title };
    canvas.row(title, 0, &standing(model, view), "");
    let groups: [&[Pane]; 3] = match (panes.tabs[1], panes.tabs[2]) {
        (None, _) => [&Pane::ALL, &[], &[]],
        (Some(_), None) => [&Pane::ALL[..2], &Pane::ALL[2..], &[]],
        (Some(_), Some(_)) => [&Pane::ALL[..2], &Pane::ALL[2..3], &Pane::ALL[3..]],
    };
    for (area, group) in panes.tabs.into_iter().zip(groups) {
        if let Some(area) = area {
            tabs(canvas, model, view, &panes, area, group);
        }
    }
    if let Some(between) = panes.between {
        let style = canvas.colours.border(false);
        for y in between.y..between.bottom() {
            canvas.text(between.x, y, 1, "│", style);
        }
    }
    for pane in Pane::ALL {
        if let Some(area) = panes.parts[pane.number()] {
            canvas.pager(area, &view.pagers[pane.number()], "");
        }
    }
}

/// The names of parts on a line; those that are seen are strong, the one that has the keys is reversed.
fn tabs(
    canvas: &mut Canvas<'_>,
    model: &Model,
    view: &ExerciseView,
    panes: &geometry::Panes,
    area: Rect,
    group: &[Pane],
) {
    let border = canvas.colours.border(false);
    canvas.text(area.x, area.y, area.width, &"─".repeat(usize::from(area.width)), border);
    let mut x = area.x + 1;
    for pane in group {
        let words = match pane {
            Pane::Task => Words::PaneTask,
            Pane::Code => Words::PaneCode,
            Pane::Verdict => Words::PaneVerdict,
            Pane::Timeline => Words::PaneTimeline,
        };
        let text = format!(" {} {} ", pane.number() + 1, model.say(&words));
        let style = if *pane == view.pane {
            canvas.colours.chosen()
        } else if panes.parts[pane.number()].is_some() {
            canvas.colours.style(Ink::STRONG)
        } else {
            canvas.colours.style(Ink::FAINT)
        };
        x = canvas.text(x, area.y, area.right().saturating_sub(x), &text, style) + 1;
    }
}

/// How the exercise stands: the verdict, or the run with its time.
fn standing(model: &Model, view: &ExerciseView) -> Row {
    let (track, language) = (model.choices.track, model.choices.language);
    let desk = model.desks.get(&(view.id.clone(), track));
    let stars = model.course.exercise(&view.id).map_or(0, |(_, exercise)| exercise.difficulty);
    let stars = "*".repeat(usize::from(stars.min(5)));
    let running = model.running.as_ref().filter(|running| running.judges(&view.id, track));
    let row = if let Some(running) = running {
        let tenths = model.now_ms.saturating_sub(running.since_ms) / 100;
        let seconds = format!("{}.{}", tenths / 10, tenths % 10);
        Row::of(Ink::WARN, format!("▷ {}", model.say(&Words::RunningFor { seconds })))
    } else if let Some(verdict) = desk.and_then(|desk| desk.verdict.as_ref()) {
        let (ink, sign, words) = match &verdict.kind {
            Kind::Passed => (Ink::GOOD, "✓", Judging::Passed),
            Kind::Failed => (Ink::BAD, "✗", Judging::Failed),
            Kind::DidNotCompile { .. } => (Ink::BAD, "✗", Judging::DidNotCompile { track }),
            Kind::TimedOut { .. } => (Ink::BAD, "✗", Judging::TimedOut),
            Kind::Crashed => (Ink::BAD, "✗", Judging::Crashed),
            Kind::Tampered => (Ink::BAD, "✗", Judging::Tampered),
            Kind::Setup { .. } => (Ink::WARN, "?", Judging::SetupProblem),
        };
        let mut row = Row::of(ink, format!("{sign} {}", words.say(language)));
        if !verdict.tests.is_empty() {
            let (held, all) = verdict.score();
            row = row.and(Ink::PLAIN, format!("  {held}/{all}"));
        }
        row
    } else {
        match model.progress.state(&view.id, track) {
            State::Passed => Row::of(Ink::GOOD, format!("✓ {}", model.say(&Words::StateSolved))),
            State::Tried => Row::of(Ink::WARN, format!("~ {}", model.say(&Words::StateTried))),
            State::New => Row::of(Ink::PLAIN, format!("· {}", model.say(&Words::StateOpen))),
        }
    };
    let file = desk.and_then(|desk| desk.file.as_ref()).map(|file| file.shown.clone()).unwrap_or_default();
    let row = row.and(Ink::FAINT, format!("  {stars}  {file}"));
    let waits = model
        .running
        .as_ref()
        .is_some_and(|running| matches!(&running.what, Runs::Reference { exercise, .. } if *exercise == view.id));
    if waits { row.and(Ink::FAINT, "  ▷") } else { row }
}
