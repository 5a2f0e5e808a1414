//! The first screen: where one stands, what is next, every module at a glance.

use super::canvas::Canvas;
use crate::progress::State;
use crate::tui::entries::{self, HomeItem};
use crate::tui::model::Model;
use crate::tui::screen::Home;
use crate::tui::text::{Ink, Row, prose};
use crate::wording::Screen as Words;
use ratatui::layout::Rect;

/// The columns of a module's bar.
const BAR: usize = 10;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: Home, body: Rect) {
    let area = Rect { x: body.x + 2, width: body.width.saturating_sub(4).min(96), ..body };
    let items = entries::home(model);
    let mut rows = standing(model, area.width);
    let first = rows.len();
    rows.extend(items.iter().map(|item| Row::of(Ink::PLAIN, format!(" {} ", label(model, item)))));
    let chosen = first + view.at.min(items.len().saturating_sub(1));
    rows.push(Row::default());
    rows.extend(modules(model));
    // On a low screen what is chosen stays in sight.
    let height = usize::from(area.height);
    let top = (chosen + 2).saturating_sub(height);
    for (line, (number, row)) in (0..area.height).zip(rows.iter().enumerate().skip(top)) {
        canvas.row(area, line, row, "");
        if number == chosen {
            let width = u16::try_from(row.width()).unwrap_or(u16::MAX).min(area.width);
            canvas.style(Rect { y: area.y + line, height: 1, width, ..area }, canvas.colours.chosen());
        }
    }
}

fn standing(model: &Model, width: u16) -> Vec<Row> {
    let track = model.choices.track;
    let in_track = model.course.exercises().filter(|(_, exercise)| exercise.tracks.contains_key(&track));
    let states: Vec<State> = in_track.map(|(_, exercise)| model.progress.state(&exercise.id, track)).collect();
    let solved = states.iter().filter(|state| **state == State::Passed).count();
    let words = Words::HomeStanding { solved, total: states.len(), percent: model.matrix.percent() };
    let mut rows = vec![Row::default()];
    rows.extend(prose(Ink::PLAIN, &model.say(&words), usize::from(width)));
    if let Some(folder) = &model.folder {
        rows.push(Row::of(Ink::FAINT, folder));
    }
    rows.push(Row::default());
    let head = if model.matrix.next.is_some() || states.is_empty() { Words::HomeNext } else { Words::AllDone };
    rows.push(Row::of(Ink::STRONG, model.say(&head)));
    rows
}

fn label(model: &Model, item: &HomeItem) -> String {
    let language = model.choices.language;
    model.say(&match item {
        HomeItem::Exercise(id) => {
            let title = model.course.exercise(id).map_or(id.as_str(), |(_, exercise)| exercise.title.get(language));
            Words::HomeContinue { title: title.to_owned() }
        }
        HomeItem::Lesson(id) => {
            let page = model.course.lesson(id).and_then(|lesson| lesson.page(language));
            Words::HomeLesson { title: page.map_or(id.as_str(), |page| &page.title).to_owned() }
        }
        HomeItem::List => Words::HomeList,
        HomeItem::Progress => Words::HomeProgress,
        HomeItem::Settings => Words::HomeSettings,
        HomeItem::Help => Words::HomeHelp,
        HomeItem::Quit => Words::HomeQuit,
    })
}

/// A bar for each module.
fn modules(model: &Model) -> Vec<Row> {
    let (language, track) = (model.choices.language, model.choices.track);
    let mut rows = Vec::new();
    for module in &model.course.modules {
        let in_track = module.exercises.iter().filter(|exercise| exercise.tracks.contains_key(&track));
        let states: Vec<State> = in_track.map(|exercise| model.progress.state(&exercise.id, track)).collect();
        let solved = states.iter().filter(|state| **state == State::Passed).count();
        let full = (solved * BAR).checked_div(states.len()).unwrap_or(0);
        let (done, rest) = ("█".repeat(full), "░".repeat(BAR - full));
        let count = format!("  {solved:>2}/{:<2}  ", states.len());
        let row = Row::of(Ink::GOOD, done).and(Ink::FAINT, rest).and(Ink::PLAIN, count);
        rows.push(row.and(Ink::PLAIN, module.title(language)));
    }
    rows
}
