//! A line of painted pieces.

use super::Paint;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text; no control characters.
    pub text: String,
    /// What it is.
    pub paint: Paint,
}

/// A line; an empty one has no pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// From left to right.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// A line of one piece.
    pub fn of(paint: Paint, text: impl Into<String>) -> Line {
        Line::default().and(paint, text)
    }

    /// A line of ordinary text.
    pub fn plain(text: impl Into<String>) -> Line {
        Line::of(Paint::Plain, text)
    }

    /// The line with one more piece.
    #[must_use]
    pub fn and(mut self, paint: Paint, text: impl Into<String>) -> Line {
        self.pieces.push(Piece { text: text.into(), paint });
        self
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.is_empty())
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The text with escape sequences for its colours.
    pub fn ansi(&self) -> String {
        self.pieces.iter().map(|piece| piece.paint.on(&piece.text)).collect()
    }
}
