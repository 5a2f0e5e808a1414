//! Draws timelines as bars of text: sequential and concurrent are told apart at a glance.

use super::{Line, Paint};
use crate::runner::timeline::{End, Row};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

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

/// The part of time that is drawn, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Where it starts.
    pub from_us: u64,
    /// Where it ends; later than its start.
    pub to_us: u64,
}

impl Window {
    /// All of the charts.
    pub fn whole(charts: &[Chart<'_>]) -> Window {
        let ends = charts.iter().flat_map(|chart| chart.rows).map(|row| row.to_us);
        Window { from_us: 0, to_us: ends.max().unwrap_or(0).max(1) }
    }
}

/// Draws charts under one another on one scale, within `width` columns; at most `most` rows of each.
pub fn draw(charts: &[Chart<'_>], window: Window, most: usize, width: usize) -> Vec<Line> {
    let labels =
        charts.iter().flat_map(|chart| chart.rows.iter().map(|row| row.label.width()).chain([chart.title.width()]));
    let label = labels.max().unwrap_or(0).min(WIDEST_LABEL).min(width / 3);
    // Two columns before the label and two after it; the last time of the ruler may reach beyond the bars.
    let scale = Scale { window, columns: width.saturating_sub(label + 4 + BEYOND).max(10) };
    let mut lines = Vec::new();
    for chart in charts {
        let title = Line::of(Paint::Strong, format!("  {}  ", fit(chart.title, label)));
        lines.push(title.and(Paint::Faint, scale.ruler()));
        for row in chart.rows.iter().take(most) {
            let (paint, bar) = scale.bar(row);
            lines.push(Line::plain(format!("  {}  ", fit(&row.label, label))).and(paint, bar));
        }
        if chart.rows.len() > most {
            lines.push(Line::of(Paint::Faint, format!("  ... +{}", chart.rows.len() - most)));
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
    window: Window,
    columns: usize,
}

impl Scale {
    fn length(&self) -> u64 {
        self.window.to_us.saturating_sub(self.window.from_us).max(1)
    }

    /// The column of a moment; before the window the first, behind it the last.
    fn column(&self, at_us: u64) -> usize {
        let into = at_us.saturating_sub(self.window.from_us).min(self.length());
        let share = u128::from(into) * (self.columns as u128) / u128::from(self.length());
        usize::try_from(share).unwrap_or(self.columns).min(self.columns)
    }

    fn bar(&self, row: &Row) -> (Paint, String) {
        let (mark, paint) = match row.end {
            End::Done => ("●", Paint::Good),
            End::Failed => ("!", Paint::Bad),
            End::Cancelled => ("✕", Paint::Warn),
            End::Open => ("▷", Paint::Warn),
            End::Mark => ("┃", Paint::Strong),
        };
        // What lies outside of the window is pointed to.
        if row.to_us < self.window.from_us {
            return (Paint::Faint, "‹".to_owned());
        }
        if row.from_us > self.window.to_us {
            return (Paint::Faint, format!("{}›", " ".repeat(self.columns)));
        }
        let (from, to) = (self.column(row.from_us), self.column(row.to_us));
        let mark = if row.to_us > self.window.to_us { "›" } else { mark };
        let start = if row.from_us < self.window.from_us { "‹" } else { "├" };
        if to == from {
            return (paint, format!("{}{mark}", " ".repeat(from)));
        }
        (paint, format!("{}{start}{}{mark}", " ".repeat(from), "─".repeat(to - from - 1)))
    }

    /// Times at even distances, in the unit that suits.
    fn ruler(&self) -> String {
        let step = step(self.length(), (self.columns / TICK).clamp(1, 6) as u64);
        let first = self.window.from_us.div_ceil(step).saturating_mul(step);
        let mut ruler = String::new();
        for tick in (0..).map(|count| first + count * step).take_while(|at| *at <= self.window.to_us) {
            let column = self.column(tick);
            let text = duration(tick);
            let free = ruler.is_empty() || column > ruler.width();
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
        let charts = [Chart { title: "you", rows: &rows }];
        let lines: Vec<_> = draw(&charts, Window::whole(&charts), 9, 33).iter().map(Line::text).collect();
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
            let charts = [Chart { title: "标题", rows: &rows }];
            let lines = draw(&charts, Window::whole(&charts), 16, width);
            assert!(lines.iter().all(|line| line.text().width() <= width), "{lines:#?}");
        }
    }

    #[test]
    fn a_window_cuts_bars_and_says_so() {
        let rows = [row("a", 0, 400, End::Done), row("b", 90, 110, End::Done), row("c", 300, 400, End::Done)];
        let charts = [Chart { title: "", rows: &rows }];
        let window = Window { from_us: 100, to_us: 200 };
        let lines: Vec<_> = draw(&charts, window, 9, 21).iter().map(Line::text).collect();
        assert_eq!(lines[1..], ["  a  ‹─────────›", "  b  ‹●", "  c            ›"]);
    }

    #[test]
    fn durations_are_short() {
        let shown = [0, 5, 250_000, 1_000_000, 1_500_000, 90_000_000].map(duration);
        assert_eq!(shown, ["0", "5us", "250ms", "1s", "1.5s", "90s"]);
    }
}
