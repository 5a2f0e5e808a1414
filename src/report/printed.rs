//! What a program printed, as a timeline: when each line came, and the line.

use super::{Line, Paint, wrapped};
use crate::runner::output::Printed;
use std::time::Duration;

/// The columns of the axis of time.
const AXIS: usize = 16;

/// From this width on, lines have an axis.
const WIDE: usize = 60;

/// A program that printed everything within this time has no course of events to draw.
const INSTANT: Duration = Duration::from_millis(10);

/// The lines with their times in seconds since the program was started, wrapped to `width` columns. Where there is
/// room and something to see, a mark on an axis stands between time and line.
pub fn lines(printed: &[Printed], width: usize) -> Vec<Line> {
    let end = printed.last().map_or(Duration::ZERO, |line| line.at);
    let has_axis = width >= WIDE && end >= INSTANT;
    let mut lines = Vec::new();
    for line in printed {
        let time = format!("{:>6.2} s ", line.at.as_secs_f64());
        let axis = if has_axis { axis(line.at, end) } else { String::new() };
        let margin = unicode_width::UnicodeWidthStr::width(time.as_str()) + if has_axis { AXIS + 1 } else { 0 };
        let text = line.text.replace('\t', "    ");
        let mut rows = wrapped(&text, 0, width.saturating_sub(margin + 2).max(1)).into_iter();
        let first = Line::of(Paint::Faint, time).and(Paint::Good, axis).and(Paint::Faint, "│ ");
        lines.push(first.and(Paint::Plain, rows.next().unwrap_or_default()));
        let blank = || Line::of(Paint::Faint, format!("{}│ ", " ".repeat(margin)));
        lines.extend(rows.map(|row| blank().and(Paint::Plain, row)));
    }
    lines
}

/// A mark where a moment lies between the start and the end.
fn axis(at: Duration, end: Duration) -> String {
    let column = (at.as_micros() * (AXIS as u128 - 1) / end.as_micros().max(1)) as usize;
    let column = column.min(AXIS - 1);
    format!("{}●{}", " ".repeat(column), " ".repeat(AXIS - column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(lines: &[(u64, &str)]) -> Vec<Printed> {
        let line = |(at, text): &(u64, &str)| Printed { at: Duration::from_millis(*at), text: (*text).to_owned() };
        lines.iter().map(line).collect()
    }

    fn text(printed: &[Printed], width: usize) -> Vec<String> {
        let text = |line: &Line| line.pieces.iter().map(|piece| piece.text.as_str()).collect();
        lines(printed, width).iter().map(text).collect()
    }

    #[test]
    fn every_line_stands_at_its_time() {
        let seen = text(&printed(&[(0, "kettle on"), (500, "hot"), (1000, "tea")]), 60);
        let expected = [
            "  0.00 s ●                │ kettle on",
            "  0.50 s        ●         │ hot",
            "  1.00 s                ● │ tea",
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn where_there_is_no_room_or_no_time_the_axis_is_left_out() {
        assert_eq!(text(&printed(&[(1000, "tea is ready")]), 18), ["  1.00 s │ tea is", "         │ ready"]);
        assert_eq!(text(&printed(&[(1, "tea")]), 80), ["  0.00 s │ tea"]);
        assert!(text(&[], 80).is_empty());
    }
}
