//! The list of the course.

use super::canvas::Canvas;
use crate::progress::State;
use crate::tui::entries::{self, Entry};
use crate::tui::model::Model;
use crate::tui::screen::ListView;
use crate::tui::text::{Ink, Row};
use crate::wording::Screen as Words;
use ratatui::layout::Rect;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: &ListView, body: Rect) {
    let mut area = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
    if !view.search.text.is_empty() && !view.search.typing {
        let words = model.say(&Words::FilterIs { text: view.search.text.clone() });
        canvas.row(area, 0, &Row::of(Ink::FAINT, words), "");
        area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    }
    let shown = entries::list(model, &view.search.text);
    if shown.is_empty() {
        canvas.row(area, 0, &Row::of(Ink::FAINT, model.say(&Words::NothingFits)), "");
    }
    let at = view.at.min(shown.len().saturating_sub(1));
    let height = usize::from(area.height).max(1);
    let top = at.saturating_sub(height / 2).min(shown.len().saturating_sub(height));
    for (line, (number, entry)) in (0..area.height).zip(shown.iter().enumerate().skip(top)) {
        canvas.row(area, line, &row(model, entry), "");
        if number == at {
            canvas.style(Rect { y: area.y + line, height: 1, ..area }, canvas.colours.chosen());
        }
    }
}

fn row(model: &Model, entry: &Entry) -> Row {
    match entry {
        Entry::Module { title } => Row::of(Ink::STRONG, title),
        Entry::Lesson { title, .. } => Row::of(Ink::STRONG, title),
        Entry::Exercise { title, state, difficulty, .. } => {
            let (ink, sign, words) = match state {
                State::Passed => (Ink::GOOD, "✓", Words::StateSolved),
                State::Tried => (Ink::WARN, "~", Words::StateTried),
                State::New => (Ink::FAINT, "·", Words::StateOpen),
            };
            let stars = "*".repeat(usize::from((*difficulty).min(5)));
            Row::of(ink, format!("  {sign} "))
                .and(Ink::FAINT, format!("{stars:<5}  "))
                .and(Ink::PLAIN, title)
                .and(Ink::FAINT, format!("  {}", model.say(&words)))
        }
    }
}
