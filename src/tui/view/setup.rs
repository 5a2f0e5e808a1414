//! The questions of the first start.

use super::canvas::Canvas;
use super::choice::{language_names, track_name};
use crate::course::Track;
use crate::tui::model::Model;
use crate::tui::screen::{Question, Setup};
use crate::tui::text::{Ink, Row, prose};
use crate::wording::Screen as Words;
use ratatui::layout::{Position, Rect};

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: &Setup, body: Rect) -> Option<Position> {
    let area = Rect { x: body.x + 2, width: body.width.saturating_sub(4).min(80), ..body };
    let question = view.questions.first();
    let mut rows = vec![Row::default(), Row::of(Ink::STRONG, model.say(&Words::SetupWelcome)), Row::default()];
    let words = match question {
        Some(Question::Language) => Words::SetupLanguage,
        Some(Question::Track) => Words::SetupTrack,
        Some(Question::Folder) => Words::SetupFolder,
        None => Words::SetupMaking,
    };
    rows.extend(prose(Ink::PLAIN, &model.say(&words), usize::from(area.width)));
    rows.push(Row::default());
    let choices = match question {
        Some(Question::Language) => language_names(),
        Some(Question::Track) => Track::ALL.iter().map(|track| track_name(model, *track)).collect(),
        Some(Question::Folder) | None => Vec::new(),
    };
    let first = rows.len();
    rows.extend(choices.iter().map(|choice| Row::of(Ink::PLAIN, format!(" {choice} "))));
    let typing = question == Some(&Question::Folder);
    if typing {
        rows.push(Row::of(Ink::STRONG, format!("> {}", view.folder)));
    }
    if let Some(problem) = &view.problem {
        rows.push(Row::default());
        rows.extend(prose(Ink::WARN, problem, usize::from(area.width)));
    }
    rows.push(Row::default());
    rows.extend(prose(Ink::FAINT, &model.say(&Words::SetupKeys), usize::from(area.width)));
    for (line, row) in (0..area.height).zip(&rows) {
        canvas.row(area, line, row, "");
    }
    let line = |at: usize| area.y.saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
    if !choices.is_empty() {
        let at = first + view.at.min(choices.len() - 1);
        let width = u16::try_from(rows[at].width()).unwrap_or(u16::MAX).min(area.width);
        canvas.style(Rect { y: line(at), height: 1, width, ..area }, canvas.colours.chosen());
    }
    typing.then(|| {
        let width = u16::try_from(rows[first].width()).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
        Position::new(area.x + width, line(first))
    })
}
