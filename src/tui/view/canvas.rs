//! Puts rows into a buffer: cut at the edges, in the theme's colours, in ASCII where that is asked for.

use crate::tui::model::Model;
use crate::tui::pager::Pager;
use crate::tui::text::{Ink, Row};
use crate::tui::theme::Colours;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;

/// A buffer, and how things look.
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    /// The colours.
    pub colours: Colours,
    ascii: bool,
}

impl<'b> Canvas<'b> {
    pub fn new(buffer: &'b mut Buffer, model: &Model) -> Canvas<'b> {
        Canvas { buffer, colours: model.colours(), ascii: model.choices.ascii }
    }

    /// Puts a text at most `room` columns wide; returns the column behind it.
    pub fn text(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.y || y >= area.bottom() || x < area.x || x >= area.right() || room == 0 {
            return x;
        }
        let text = if self.ascii { in_ascii(text) } else { Cow::Borrowed(text) };
        self.buffer.set_stringn(x, y, text, usize::from(room.min(area.right() - x)), style).0
    }

    /// Puts a row within an area's width, at its line `line`. What is searched for stands out.
    pub fn row(&mut self, area: Rect, line: u16, row: &Row, found: &str) {
        let y = area.y + line;
        let mut x = area.x;
        for piece in &row.pieces {
            let mut style = self.colours.style(piece.ink);
            if row.old {
                style = style.add_modifier(Modifier::DIM);
            }
            let code = matches!(piece.ink, Ink::Lesson(_));
            let room = area.right().saturating_sub(x);
            x = if code {
                self.exactly(x, y, room, &piece.text, style)
            } else {
                self.text(x, y, room, &piece.text, style)
            };
        }
        if !found.is_empty() {
            self.mark_found(area, y, row, found);
        }
    }

    /// Text of the course or the learner, which is not ours to change.
    pub fn exactly(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() || room == 0 {
            return x;
        }
        self.buffer.set_stringn(x, y, text, usize::from(room.min(area.right() - x)), style).0
    }

    fn mark_found(&mut self, area: Rect, y: u16, row: &Row, found: &str) {
        let text = row.text();
        let lower = text.to_lowercase();
        // Where lower case has another length the places would not fit.
        if lower.len() != text.len() {
            return;
        }
        let wanted = found.to_lowercase();
        let style = self.colours.style(Ink::Found);
        for (at, part) in lower.match_indices(&wanted) {
            let before = unicode_width::UnicodeWidthStr::width(text.get(..at).unwrap_or_default());
            let width = unicode_width::UnicodeWidthStr::width(part);
            let from = area.x.saturating_add(u16::try_from(before).unwrap_or(u16::MAX));
            let to = from.saturating_add(u16::try_from(width).unwrap_or(u16::MAX)).min(area.right());
            for x in from..to {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.set_style(style);
                }
            }
        }
    }

    /// Puts what is seen of some rows, and a mark of where that is at the right.
    pub fn pager(&mut self, area: Rect, pager: &Pager, found: &str) {
        for (line, row) in (0..area.height).zip(pager.seen()) {
            self.row(area, line, row, found);
        }
        self.place(Rect { x: area.right(), width: 1, ..area }, pager);
    }

    /// Where one is in rows that are longer than their area.
    fn place(&mut self, area: Rect, pager: &Pager) {
        if pager.rows.len() <= pager.height || area.height < 2 {
            return;
        }
        let length = usize::from(area.height);
        let bar = (length * pager.height / pager.rows.len()).max(1);
        let top = (length - bar) * pager.top / pager.last_top().max(1);
        for line in 0..area.height {
            let is_here = (top..top + bar).contains(&usize::from(line));
            let style = self.colours.border(is_here);
            self.text(area.x, area.y + line, 1, if is_here { "┃" } else { "│" }, style);
        }
    }

    /// Gives an area a style without changing its text.
    pub fn style(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.bottom() {
            // A wide character that reaches into the area goes whole.
            if area.x > 0
                && let Some(cell) = self.buffer.cell_mut((area.x - 1, y))
                && unicode_width::UnicodeWidthStr::width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// A box with a title; returns what is within.
    pub fn boxed(&mut self, area: Rect, title: &str) -> Rect {
        self.clear(area);
        let style = self.colours.border(true);
        let inner = usize::from(area.width.saturating_sub(2));
        let across = "─".repeat(inner);
        self.text(area.x, area.y, area.width, &format!("┌{across}┐"), style);
        for y in area.y + 1..area.bottom().saturating_sub(1) {
            self.text(area.x, y, 1, "│", style);
            self.text(area.right() - 1, y, 1, "│", style);
        }
        self.text(area.x, area.bottom() - 1, area.width, &format!("└{across}┘"), style);
        let strong = self.colours.style(Ink::STRONG);
        self.text(area.x + 2, area.y, area.width.saturating_sub(4), &format!(" {title} "), strong);
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(2),
        }
    }
}

/// The program's own marks and lines without anything but ASCII.
fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |char: char| match char {
        '─' | '━' => '-',
        '│' | '┃' | '├' | '▎' => '|',
        '┌' | '┐' | '└' | '┘' | '┼' | '✓' => '+',
        '✗' | '✕' | '×' => 'x',
        '●' => 'o',
        '▷' | '›' | '▸' | '→' => '>',
        '‹' | '◀' | '←' => '<',
        '↑' => '^',
        '↓' => 'v',
        '·' | '•' => '.',
        '█' => '#',
        '░' => '.',
        other => other,
    };
    Cow::Owned(text.chars().map(plain).collect())
}
