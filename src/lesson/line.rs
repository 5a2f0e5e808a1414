//! One line, laid out.

use super::cluster::width;
use super::style::Style;

/// A piece of a line with one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What is shown; no control characters, no line breaks.
    pub text: String,
    /// What it means.
    pub style: Style,
}

impl Span {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style }
    }
}

/// One line, laid out, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The pieces from left to right; none on an empty line.
    pub spans: Vec<Span>,
    /// The index of the top-level block that the line belongs to; an empty line belongs to the
    /// block after it. In a pair of documents, the index in the first.
    pub block: usize,
    /// The id of the heading that starts on this line.
    pub anchor: Option<String>,
    /// The [`Fence::index`](super::Fence::index) of the code on this line. Where two tracks stand
    /// side by side it is the Rust fence's; the Python fence is the next one.
    pub fence: Option<usize>,
}

impl Line {
    pub(super) fn of(spans: Vec<Span>) -> Line {
        Line { spans, ..Line::default() }
    }

    /// The columns that the line takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| width(&span.text)).sum()
    }

    /// The line's text without its meanings.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Removes spaces at the end, which nobody sees and a copy would keep.
    pub(super) fn trim_end(&mut self) {
        while let Some(last) = self.spans.last_mut() {
            let kept = last.text.trim_end_matches(' ').len();
            last.text.truncate(kept);
            if kept > 0 {
                break;
            }
            self.spans.pop();
        }
    }

    /// Fills the line with spaces up to `columns`.
    pub(super) fn pad_to(&mut self, columns: usize) {
        let missing = columns.saturating_sub(self.width());
        if missing > 0 {
            self.spans.push(Span::new(" ".repeat(missing), Style::Text));
        }
    }
}

/// Puts `first` before the first line and `rest` before the others.
pub(super) fn hang(lines: &mut [Line], first: &[Span], rest: &[Span]) {
    for (number, line) in lines.iter_mut().enumerate() {
        let prefix = if number == 0 { first } else { rest };
        line.spans.splice(0..0, prefix.iter().cloned());
    }
}
