//! A text to scroll in.

use super::canvas::Canvas;
use crate::tui::geometry;
use crate::tui::screen::Page;
use ratatui::layout::Rect;

pub fn draw(canvas: &mut Canvas<'_>, page: &Page, body: Rect) {
    canvas.pager(geometry::page(body), &page.pager, "");
}
