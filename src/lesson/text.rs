//! Text with a meaning for every part, ready to be wrapped.

use std::ops::Range;

use super::line::Span;
use super::punctuation::is_ideographic;
use super::style::Style;

/// Text with meanings; `\n` is a line break.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    string: String,
    /// Where each meaning ends, in bytes.
    runs: Vec<(usize, Style)>,
}

impl Text {
    pub fn of(text: &str, style: Style) -> Text {
        let mut whole = Text::default();
        whole.push(text, style);
        whole
    }

    pub fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        self.string.push_str(text);
        match self.runs.last_mut() {
            Some((end, last)) if *last == style => *end = self.string.len(),
            _ => self.runs.push((self.string.len(), style)),
        }
    }

    pub fn append(&mut self, other: &Text) {
        other.spans(0..other.string.len()).iter().for_each(|span| self.push(&span.text, span.style));
    }

    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Whether full-width punctuation fits behind it.
    pub fn ends_ideographic(&self) -> bool {
        self.string.chars().next_back().is_some_and(is_ideographic)
    }

    /// The meaning of the byte at `at`.
    pub fn style_at(&self, at: usize) -> Style {
        let run = self.runs.partition_point(|&(end, _)| end <= at);
        self.runs.get(run).map_or(Style::Text, |&(_, style)| style)
    }

    /// The spans of a part.
    pub fn spans(&self, part: Range<usize>) -> Vec<Span> {
        let first = self.runs.partition_point(|&(end, _)| end <= part.start);
        let mut spans = Vec::new();
        let mut start = part.start;
        for &(end, style) in &self.runs[first..] {
            if start >= part.end {
                break;
            }
            let end = end.min(part.end);
            spans.push(Span::new(&self.string[start..end], style));
            start = end;
        }
        spans
    }
}
