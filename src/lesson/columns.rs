//! Two things side by side.

use super::glyphs::Glyphs;
use super::line::{Line, Span};
use super::style::Style;

/// The columns that text needs to be read well beside other text.
const MIN_COLUMN: usize = 44;

/// The columns between two columns: a space, a line, a space.
const GAP: usize = 3;

/// The width of each of two columns, if `width` has room for two.
pub(super) fn split(width: usize) -> Option<usize> {
    let column = width.saturating_sub(GAP) / 2;
    (column >= MIN_COLUMN).then_some(column)
}

/// Lines of two columns, the left one `column` wide.
pub(super) fn beside(left: Vec<Line>, right: Vec<Line>, column: usize, glyphs: &Glyphs) -> Vec<Line> {
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut lines = Vec::with_capacity(rows);
    for _ in 0..rows {
        let mut line = left.next().unwrap_or_default();
        line.pad_to(column);
        line.spans.push(Span::new(format!(" {} ", glyphs.vertical), Style::Border));
        if let Some(other) = right.next() {
            line.spans.extend(other.spans);
            line.anchor = line.anchor.or(other.anchor);
            line.fence = line.fence.or(other.fence);
        }
        line.trim_end();
        lines.push(line);
    }
    lines
}
