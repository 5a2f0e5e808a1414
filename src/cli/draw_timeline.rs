//! Draws timelines as bars of text: sequential and concurrent are told apart at a glance.

use crate::runner::timeline::{End, Row};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most rows that are drawn of one timeline.
const MOST_ROWS: usize = 16;

/// The widest label, in columns.
const WIDEST_LABEL: usize = 22;

/// The columns that the ruler may take after the last moment.
const BEYOND: usize = 6;

/// The columns that a time of the ruler wants.
const TICK: usize = 8;

/// One timeline with its title.
#[derive(Debug)]
pub struct Chart<'a> {
    /// Whose it is.
    pub title: &'a str,
    /// Its rows.
    pub rows: &'a [Row],
}

/// Draws charts under one another on one scale, within `width` columns.
pub fn draw(charts: &[Chart<'_>], width: usize) -> Vec<String> {
    let end = charts.iter().flat_map(|chart| chart.rows).map(|row| row.to_us).max().unwrap_or(0).max(1);
    let labels =
        charts.iter().flat_map(|chart| chart.rows.iter().map(|row| row.label.width()).chain([chart.title.width()]));
    let label = labels.max().unwrap_or(0).min(WIDEST_LABEL);
    // Two columns before the label and two after it; the last time of the ruler may reach beyond the bars.
    let scale = Scale { end, columns: width.saturating_sub(label + 4 + BEYOND).max(10) };
    let mut lines = Vec::new();
    for chart in charts {
        lines.push(format!("  {}  {}", fit(chart.title, label), scale.ruler()).trim_end().to_owned());
        for row in chart.rows.iter().take(MOST_ROWS) {
            lines.push(format!("  {}  {}", fit(&row.label, label), scale.bar(row)));
        }
        if chart.rows.len() > MOST_ROWS {
            lines.push(format!("  ... +{}", chart.rows.len() - MOST_ROWS));
        }
    }
    lines
}

/// Fills or cuts a text to `width` columns.
fn fit(text: &str, width: usize) -> String {
    let mut fitted = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        if used + grapheme.width() > width {
            break;
        }
        fitted.push_str(grapheme);
        used += grapheme.width();
    }
    fitted.push_str(&" ".repeat(width - used));
    fitted
}

struct Scale {
    end: u64,
    columns: usize,
}

impl Scale {
    /// The column of a moment.
    fn column(&self, at_us: u64) -> usize {
        let share = u128::from(at_us) * (self.columns as u128) / u128::from(self.end);
        usize::try_from(share).unwrap_or(self.columns).min(self.columns)
    }

    fn bar(&self, row: &Row) -> String {
        let (from, to) = (self.column(row.from_us), self.column(row.to_us));
        let mark = match row.end {
            End::Done => "●",
            End::Failed => "!",
            End::Cancelled => "✕",
            End::Open => "▷",
            End::Mark => "┃",
        };
        if to == from {
            return format!("{}{mark}", " ".repeat(from));
        }
        format!("{}├{}{mark}", " ".repeat(from), "─".repeat(to - from - 1))
    }

    /// Times at even distances, in the unit that suits.
    fn ruler(&self) -> String {
        let step = step(self.end, (self.columns / TICK).clamp(1, 6) as u64);
        let mut ruler = String::new();
        for tick in (0..).map(|count| count * step).take_while(|at| *at <= self.end) {
            let column = self.column(tick);
            let text = duration(tick);
            let free = tick == 0 || column > ruler.width();
            if free && column + text.width() <= self.columns + BEYOND {
                ruler.push_str(&" ".repeat(column - ruler.width()));
                ruler.push_str(&text);
            }
        }
        ruler.trim_end().to_owned()
    }
}

/// The distance between two times of the ruler: 1, 2 or 5 of a power of ten, so that there are at most `most`.
fn step(end: u64, most: u64) -> u64 {
    let powers = (0..19).map(|power| 10_u64.pow(power));
    let steps = powers.flat_map(|power| [1, 2, 5].map(|factor| power.saturating_mul(factor)));
    steps.into_iter().find(|step| end / step <= most).unwrap_or(end)
}

/// A duration in the largest unit that keeps it short: `250ms`, `1.5s`.
pub fn duration(us: u64) -> String {
    let (unit, size) = match us {
        0 => return "0".to_owned(),
        1..1_000 => ("us", 1),
        1_000..1_000_000 => ("ms", 1_000),
        _ => ("s", 1_000_000),
    };
    let tenths = us * 10 / size;
    if tenths.is_multiple_of(10) {
        format!("{}{unit}", tenths / 10)
    } else {
        format!("{}.{}{unit}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, from_us: u64, to_us: u64, end: End) -> Row {
        Row { label: label.to_owned(), task: None, from_us, to_us, end }
    }

    #[test]
    fn bars_start_and_end_where_the_operations_did() {
        let rows = [
            row("fetch 1", 0, 1_000_000, End::Done),
            row("获取 2", 1_000_000, 2_000_000, End::Cancelled),
            row("now", 2_000_000, 2_000_000, End::Mark),
        ];
        let lines = draw(&[Chart { title: "you", rows: &rows }], 33);
        assert_eq!(
            lines,
            [
                "  you      0       1s      2s",
                "  fetch 1  ├───────●",
                "  获取 2           ├───────✕",
                "  now                      ┃",
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        let label = "a label that is far too long for its column";
        let rows: Vec<_> = (0..40).map(|n| row(label, n, 40 - n.min(20), End::Open)).collect();
        for width in [40, 80, 120] {
            let lines = draw(&[Chart { title: "标题", rows: &rows }], width);
            assert!(lines.iter().all(|line| line.width() <= width), "{lines:#?}");
        }
    }

    #[test]
    fn durations_are_short() {
        let shown = [0, 5, 250_000, 1_000_000, 1_500_000, 90_000_000].map(duration);
        assert_eq!(shown, ["0", "5us", "250ms", "1s", "1.5s", "90s"]);
    }
}
