//! The built-in editor: line numbers and text.

use super::canvas::Canvas;
use crate::tui::screen::EditorView;
use crate::tui::text::Ink;
use crate::tui::update::position;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// How a tab is shown.
const TAB: &str = "    ";

pub fn draw(canvas: &mut Canvas<'_>, view: &EditorView, body: Rect) -> Option<Position> {
    let lines = view.text.lines();
    let digits = lines.len().to_string().len().max(2);
    let margin = u16::try_from(digits).unwrap_or(2) + 2;
    let text = Rect { x: body.x + margin, width: body.width.saturating_sub(margin + 1), ..body };
    let (row, column) = position(view);
    let before: String = lines.get(row).map(|line| line.chars().take(column).collect()).unwrap_or_default();
    let cursor = before.replace('\t', TAB).width();
    // A long line moves so that the cursor is seen.
    let room = usize::from(text.width).max(1);
    let left = (cursor + 1).saturating_sub(room);
    let chosen = view.text.selection_range();
    for (line, (number, content)) in (0..body.height).zip(lines.iter().enumerate().skip(view.top)) {
        let y = body.y + line;
        let style = canvas.colours.style(if number == row { Ink::STRONG } else { Ink::Margin });
        canvas.text(body.x, y, margin, &format!("{:>digits$}", number + 1), style);
        let shown = content.replace('\t', TAB);
        let is_chosen = chosen.is_some_and(|((from, _), (to, _))| (from..=to).contains(&number));
        let style = if is_chosen { canvas.colours.chosen() } else { Style::new() };
        canvas.exactly(text.x, y, text.width, &from_column(&shown, left), style);
    }
    let x = text.x.saturating_add(u16::try_from(cursor - left.min(cursor)).unwrap_or(0));
    let y = body.y.saturating_add(u16::try_from(row.saturating_sub(view.top)).unwrap_or(u16::MAX));
    (y < body.bottom()).then_some(Position::new(x, y))
}

/// The text from a column on; half of a wide character becomes a space.
fn from_column(text: &str, left: usize) -> String {
    if left == 0 {
        return text.to_owned();
    }
    let mut column = 0;
    let mut rest = String::new();
    for char in text.chars() {
        let width = unicode_width::UnicodeWidthChar::width(char).unwrap_or(0);
        if column >= left {
            rest.push(char);
        } else if column + width > left {
            rest.push(' ');
        }
        column += width;
    }
    rest
}
