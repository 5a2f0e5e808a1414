//! A lesson, with its headings beside it where there is room.

use super::canvas::Canvas;
use crate::tui::geometry;
use crate::tui::model::Model;
use crate::tui::screen::LessonView;
use crate::tui::text::{Ink, Row};
use crate::tui::update::heading_at;
use ratatui::layout::Rect;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: &LessonView, body: Rect) {
    let (headings, text) = geometry::lesson(model, body);
    if let Some(area) = headings {
        let here = heading_at(view);
        let rows: Vec<Row> = headings_of(view);
        let top = (here + 1).saturating_sub(usize::from(area.height));
        for (line, (number, row)) in (0..area.height).zip(rows.iter().enumerate().skip(top)) {
            let place = Rect { x: area.x + 1, width: area.width - 1, ..area };
            canvas.row(place, line, row, "");
            if number == here {
                let style = canvas.colours.style(Ink::STRONG);
                canvas.style(Rect { y: area.y + line, height: 1, ..place }, style);
                canvas.text(area.x, area.y + line, 1, "▸", style);
            }
        }
        let style = canvas.colours.border(false);
        for y in area.y..area.bottom() {
            canvas.text(area.right(), y, 1, "│", style);
        }
    }
    canvas.pager(text, &view.pager, &view.search.text);
}

/// The headings, indented by level.
pub fn headings_of(view: &LessonView) -> Vec<Row> {
    let rows = view.pager.rows.iter().filter(|row| row.anchor.is_some());
    let row = |row: &Row| {
        let text = row.text();
        // Side by side, the first language's heading is enough.
        let text = text.split('│').next().unwrap_or_default();
        let title = text.trim_start_matches(['#', ' ']).trim_end();
        let level = text.chars().take_while(|char| *char == '#').count();
        Row::of(Ink::FAINT, format!("{}{title}", "  ".repeat(level.saturating_sub(1).min(3))))
    };
    rows.map(row).collect()
}
