//! Code blocks: shown as written, and a line that is too long goes on below behind a mark.

use super::block::Block;
use super::cluster::{Cluster, cut, width as width_of};
use super::columns::{beside, split};
use super::fence::Fence;
use super::layout::{Layouter, Tracks};
use super::line::{Line, Span};
use super::style::Style;
use crate::course::Track;

/// The columns left of code, where there is room.
const INDENT: usize = 2;

/// From this width on there is room for the indent.
const WIDE_ENOUGH_TO_INDENT: usize = 24;

/// From this width on there is room for the mark of a continued line.
const WIDE_ENOUGH_TO_MARK: usize = 6;

impl Layouter {
    /// The lines of a fence and its label.
    pub(super) fn code(&mut self, fence: &Fence, width: usize) -> Vec<Line> {
        let mut lines = self.label(fence, width);
        let indent = if width >= WIDE_ENOUGH_TO_INDENT { INDENT } else { 0 };
        let display = fence.display();
        let key = fence.key();
        let mut at = 0;
        for line in display.split_inclusive('\n') {
            let code = Source { text: line.trim_end_matches('\n'), key, at };
            self.code_line(&code, indent, width - indent, &mut lines);
            at += line.len();
        }
        lines.iter_mut().for_each(|line| line.fence = Some(fence.index));
        lines
    }

    /// An example in the reader's track, or in both.
    pub(super) fn example(&mut self, rust: &Fence, python: &Fence, width: usize) -> Vec<Line> {
        match (self.options.tracks, split(width)) {
            (Tracks::One(Track::Rust), _) => self.code(rust, width),
            (Tracks::One(Track::Python), _) => self.code(python, width),
            (Tracks::Both, Some(column)) => {
                let (left, right) = (self.code(rust, column), self.code(python, column));
                beside(left, right, column, self.options.glyphs)
            }
            (Tracks::Both, None) => {
                let mut lines = self.code(rust, width);
                lines.push(Line::default());
                lines.append(&mut self.code(python, width));
                lines
            }
        }
    }

    fn code_line(&self, code: &Source<'_>, indent: usize, width: usize, lines: &mut Vec<Line>) {
        let margin = Span::new(" ".repeat(indent), Style::Text);
        if width_of(code.text) <= width {
            lines.push(Line::of(vec![margin, code.span(0, code.text.len())]));
            return;
        }
        let mark = format!("{} ", self.options.glyphs.continued);
        let depth = code.text.len() - code.text.trim_start_matches(' ').len();
        let depth = if width < WIDE_ENOUGH_TO_MARK { 0 } else { depth.min(width / 2) };
        let rest = if width < WIDE_ENOUGH_TO_MARK { width } else { width - depth - width_of(&mark) };

        let mut clusters = Vec::new();
        cut(code.text, 0, rest, &mut clusters);
        let mut first = 0;
        while first < clusters.len() {
            let mut spans = vec![margin.clone()];
            let mut room = width;
            if first > 0 && width >= WIDE_ENOUGH_TO_MARK {
                spans.push(Span::new(" ".repeat(depth), Style::Text));
                spans.push(Span::new(mark.as_str(), Style::Faint));
                room = rest;
            }
            let next = code.line_end(&clusters, first, room);
            let end = clusters.get(next).map_or(code.text.len(), |cluster| cluster.start);
            spans.push(match clusters[first..next] {
                [only] if only.width > room => Span::new("\u{fffd}", Style::Faint),
                _ => code.span(clusters[first].start, end),
            });
            lines.push(Line::of(spans));
            first = next;
        }
    }
}

/// A line of a fence's display text.
struct Source<'a> {
    text: &'a str,
    key: u64,
    /// Where the line starts in the display text.
    at: usize,
}

impl Source<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let at = u32::try_from(self.at + start).unwrap_or(u32::MAX);
        Span::new(&self.text[start..end], Style::Source { key: self.key, at })
    }

    /// The cluster that starts the next line: behind the last space in the second half of the
    /// line, else where no name is cut in two, else wherever the line is full.
    fn line_end(&self, clusters: &[Cluster], first: usize, width: usize) -> usize {
        let mut columns = 0;
        let (mut after_space, mut between_names) = (None, None);
        for (at, cluster) in clusters.iter().enumerate().skip(first) {
            if columns * 2 > width {
                match self.joint(cluster.start) {
                    Joint::Space => after_space = Some(at),
                    Joint::Names => between_names = Some(at),
                    Joint::None => {}
                }
            }
            columns += cluster.width;
            if columns > width && at > first {
                return after_space.or(between_names).unwrap_or(at);
            }
        }
        clusters.len()
    }

    /// What a break at `at` would come between.
    fn joint(&self, at: usize) -> Joint {
        let (before, after) = self.text.split_at(at);
        let is_name = |char: char| char.is_alphanumeric() || char == '_';
        match (before.chars().next_back(), after.chars().next()) {
            (Some(' '), Some(_)) => Joint::Space,
            (Some(last), Some(next)) if is_name(last) && is_name(next) => Joint::None,
            // A method goes to the next line with its dot, closing punctuation with neither.
            (Some('.' | ':'), _) | (_, Some(')' | ']' | '}' | ',' | ';' | '?' | ' ')) => Joint::None,
            _ => Joint::Names,
        }
    }
}

enum Joint {
    None,
    Space,
    Names,
}

/// Whether both blocks are code, and the same.
pub(super) fn same_code(left: &Block, right: &Block) -> bool {
    match (left, right) {
        (Block::Code(left), Block::Code(right)) => left.same(right),
        (Block::Example { rust, python }, Block::Example { rust: other_rust, python: other_python }) => {
            rust.same(other_rust) && python.same(other_python)
        }
        _ => false,
    }
}
