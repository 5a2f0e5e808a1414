//! Lines of the screen before they have colours: what a piece means, so that a theme can be changed at any time.

use crate::lesson::{self, Style};
use crate::report::{self, Paint};
use unicode_width::UnicodeWidthStr;

/// What a piece of a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// A part of a laid-out text.
    Lesson(Style),
    /// Something that the program tells.
    Told(Paint),
    /// A key that can be pressed.
    Key,
    /// What was searched for.
    Found,
    /// A number in the margin.
    Margin,
}

impl Ink {
    /// Ordinary text.
    pub const PLAIN: Ink = Ink::Told(Paint::Plain);
    /// A heading or a name.
    pub const STRONG: Ink = Ink::Told(Paint::Strong);
    /// Of less importance.
    pub const FAINT: Ink = Ink::Told(Paint::Faint);
    /// As it should be.
    pub const GOOD: Ink = Ink::Told(Paint::Good);
    /// Not as it should be.
    pub const BAD: Ink = Ink::Told(Paint::Bad);
    /// To be noticed.
    pub const WARN: Ink = Ink::Told(Paint::Warn);
}

/// A piece of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it means.
    pub ink: Ink,
    /// The text.
    pub text: String,
}

/// A row of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// From left to right.
    pub pieces: Vec<Piece>,
    /// The id of the heading that starts here.
    pub anchor: Option<String>,
    /// The place of the fence that the row belongs to.
    pub fence: Option<usize>,
    /// The place of the top-level block that the row belongs to.
    pub block: usize,
    /// Whether it is about to be replaced.
    pub old: bool,
}

impl Row {
    /// A row of one piece.
    pub fn of(ink: Ink, text: impl Into<String>) -> Row {
        Row::default().and(ink, text)
    }

    /// The row with one more piece.
    #[must_use]
    pub fn and(mut self, ink: Ink, text: impl Into<String>) -> Row {
        self.pieces.push(Piece { ink, text: text.into() });
        self
    }

    /// The row within `width` columns: one of a single piece goes on below, a little further to the right. What a
    /// compiler draws must not be cut.
    pub fn fit(self, width: usize) -> Vec<Row> {
        if self.width() <= width || width < 8 {
            return vec![self];
        }
        let [only] = &self.pieces[..] else { return vec![self] };
        let text = only.text.trim_start();
        let indent = (only.text.width() - text.width()).min(width / 2);
        let mut lines = lesson::wrap_plain(text, width - indent - 2).into_iter();
        let first = format!("{}{}", " ".repeat(indent), lines.next().unwrap_or_default());
        let rest = lines.map(|line| format!("{}{line}", " ".repeat(indent + 2)));
        std::iter::once(first).chain(rest).map(|line| Row { old: self.old, ..Row::of(only.ink, line) }).collect()
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The columns that it takes.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.width()).sum()
    }
}

impl From<lesson::Line> for Row {
    fn from(line: lesson::Line) -> Row {
        let pieces = line.spans.into_iter().map(|span| Piece { ink: Ink::Lesson(span.style), text: span.text });
        Row { pieces: pieces.collect(), anchor: line.anchor, fence: line.fence, block: line.block, old: false }
    }
}

impl From<report::Line> for Row {
    fn from(line: report::Line) -> Row {
        let pieces = line.pieces.into_iter().map(|piece| Piece { ink: Ink::Told(piece.paint), text: piece.text });
        Row { pieces: pieces.collect(), ..Row::default() }
    }
}

/// Prose as rows of at most `width` columns.
pub fn prose(ink: Ink, text: &str, width: usize) -> Vec<Row> {
    report::wrapped(text, 0, width).into_iter().map(|line| Row::of(ink, line)).collect()
}
