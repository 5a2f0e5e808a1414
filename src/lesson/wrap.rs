//! Lines out of running text: where to break comes from UAX #14, how wide things are from the
//! clusters.

use std::ops::Range;

use icu_segmenter::LineSegmenter;
use icu_segmenter::LineSegmenterBorrowed;
use icu_segmenter::options::LineBreakOptions;

use super::cluster::{Cluster, cut};
use super::line::{Line, Span};
use super::punctuation::{closes, opens};
use super::style::Style;
use super::text::Text;

/// What stands for a character that is wider than the whole line.
const TOO_WIDE: &str = "\u{fffd}";

/// Wraps texts; made once for a layout, since it holds the line breaker's data and buffers.
pub(super) struct Wrapper {
    segmenter: LineSegmenterBorrowed<'static>,
    clusters: Vec<Cluster>,
    breaks: Vec<usize>,
}

/// How good a place for a break is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Forbidden,
    /// Within code or a URL; only where nothing else fits.
    Last,
    Good,
}

impl Wrapper {
    pub fn new() -> Wrapper {
        Wrapper {
            segmenter: LineSegmenter::new_auto(LineBreakOptions::default()),
            clusters: Vec::new(),
            breaks: Vec::new(),
        }
    }

    /// The lines of `text`, none wider than `width` columns, without the spaces at their ends.
    /// There is at least one.
    pub fn wrap(&mut self, text: &Text, width: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        for paragraph in text.as_str().split('\n') {
            self.paragraph(text, start..start + paragraph.len(), width.max(1), &mut lines);
            start += paragraph.len() + 1;
        }
        lines
    }

    /// The columns of the widest part that wrapping would rather not break, and of the whole text
    /// on one line.
    pub fn extent(&mut self, text: &Text) -> (usize, usize) {
        let (mut widest_word, mut widest) = (0, 0);
        let mut start = 0;
        for paragraph in text.as_str().split('\n') {
            self.measure(paragraph, start, usize::MAX);
            let (mut word, mut trailing, mut line) = (0, 0, 0);
            for at in 0..self.clusters.len() {
                let cluster = self.clusters[at];
                if at > 0 && self.place(text, at) == Place::Good {
                    word = 0;
                    trailing = 0;
                }
                line += cluster.width;
                word += cluster.width;
                trailing = if cluster.is_space { trailing + cluster.width } else { 0 };
                widest_word = widest_word.max(word - trailing);
            }
            widest = widest.max(line);
            start += paragraph.len() + 1;
        }
        (widest_word, widest)
    }

    fn paragraph(&mut self, text: &Text, range: Range<usize>, width: usize, lines: &mut Vec<Line>) {
        self.measure(&text.as_str()[range.clone()], range.start, width);
        let mut first = 0;
        loop {
            let next = self.line_end(text, first, width);
            let end = self.clusters.get(next).map_or(range.end, |cluster| cluster.start);
            let start = self.clusters.get(first).map_or(range.end, |cluster| cluster.start);
            let mut line = Line::of(self.spans(text, first..next, start..end, width));
            line.trim_end();
            lines.push(line);
            if next >= self.clusters.len() {
                return;
            }
            first = next;
        }
    }

    /// Fills the buffers for a part of a text that starts at `offset`.
    fn measure(&mut self, part: &str, offset: usize, limit: usize) {
        self.clusters.clear();
        cut(part, offset, limit, &mut self.clusters);
        self.breaks.clear();
        self.breaks.extend(self.segmenter.segment_str(part).map(|at| at + offset));
    }

    /// The cluster that starts the line after the one that starts with cluster `first`.
    fn line_end(&self, text: &Text, first: usize, width: usize) -> usize {
        let (mut good, mut last) = (None, None);
        let mut columns = 0;
        for at in first..self.clusters.len() {
            let cluster = self.clusters[at];
            // Spaces at the end of a line take no room.
            if cluster.is_space {
                columns += cluster.width;
                continue;
            }
            if at > first {
                match self.place(text, at) {
                    Place::Good => good = Some(at),
                    Place::Last => last = Some(at),
                    Place::Forbidden => {}
                }
            }
            columns += cluster.width;
            if columns > width && at > first {
                return good.or(last).unwrap_or_else(|| self.forced(text, first, at));
            }
        }
        self.clusters.len()
    }

    /// Where a word that fills the line is broken before cluster `full`: as late as punctuation
    /// and zero-width characters allow.
    fn forced(&self, text: &Text, first: usize, full: usize) -> usize {
        (first + 1..=full).rev().find(|&at| !self.is_bad(text, at) && self.clusters[at].width > 0).unwrap_or(full)
    }

    /// How good a break before cluster `at` is.
    fn place(&self, text: &Text, at: usize) -> Place {
        let offset = self.clusters[at].start;
        if self.breaks.binary_search(&offset).is_err() || self.is_bad(text, at) {
            return Place::Forbidden;
        }
        let (before, after) = (text.style_at(self.clusters[at - 1].start), text.style_at(offset));
        let solid = |style| matches!(style, Style::Code | Style::Url);
        if after == Style::Note {
            Place::Forbidden
        } else if solid(before) && solid(after) && !self.clusters[at - 1].is_space {
            Place::Last
        } else {
            Place::Good
        }
    }

    /// Whether punctuation forbids a break before cluster `at`.
    fn is_bad(&self, text: &Text, at: usize) -> bool {
        let (before, from) = text.as_str().split_at(self.clusters[at].start);
        let (last, mut from) = (before.chars().next_back(), from.chars());
        let (next, after) = (from.next(), from.next());
        let splits_pair = last == next && next.is_some_and(|char| char.is_ascii_punctuation());
        splits_pair || next.is_some_and(|char| closes(char, after)) || last.is_some_and(opens)
    }

    fn spans(&self, text: &Text, clusters: Range<usize>, part: Range<usize>, width: usize) -> Vec<Span> {
        match self.clusters.get(clusters) {
            // At most spaces can stand behind it.
            Some([first, ..]) if first.width > width => vec![Span::new(TOO_WIDE, Style::Faint)],
            _ => text.spans(part),
        }
    }
}
