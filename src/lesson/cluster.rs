//! Text cut into what a terminal draws in one go (grapheme clusters), with the columns each takes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A grapheme cluster of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    /// Where it starts, in bytes.
    pub start: usize,
    /// The columns that it takes.
    pub width: usize,
    /// Whether it is a space; one with a combining mark is none.
    pub is_space: bool,
}

/// The columns that `text` takes when each of its grapheme clusters is drawn by itself.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Cuts `text` into clusters and adds them to `clusters`; starts are counted from `offset`.
/// A cluster that is wider than `limit` columns is cut into its characters; only a character may
/// stay wider.
pub(super) fn cut(text: &str, offset: usize, limit: usize, clusters: &mut Vec<Cluster>) {
    if text.is_ascii() {
        let bytes = text.bytes().enumerate();
        clusters.extend(bytes.map(|(at, byte)| Cluster { start: offset + at, width: 1, is_space: byte == b' ' }));
        return;
    }
    for (at, grapheme) in text.grapheme_indices(true) {
        let width = if grapheme.len() == 1 { 1 } else { grapheme.width() };
        if width <= limit {
            clusters.push(Cluster { start: offset + at, width, is_space: grapheme == " " });
        } else {
            clusters.extend(grapheme.char_indices().map(|(within, char)| Cluster {
                start: offset + at + within,
                width: alone(char),
                is_space: false,
            }));
        }
    }
}

/// The columns that a character adds at most, whatever stands before it.
fn alone(char: char) -> usize {
    match char {
        // Widens what stands before it.
        '\u{fe0f}' => 1,
        _ => char.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, width};

    #[test]
    fn wide_combining_and_joined_glyphs_take_what_a_terminal_gives_them() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("并发"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("👩\u{200d}👩\u{200d}👧"), 2);
    }

    #[test]
    fn a_cluster_wider_than_the_line_is_cut_into_characters() {
        let mut clusters = Vec::new();
        cut("क्ष्म", 5, 2, &mut clusters);
        let cut: Vec<_> = clusters.iter().map(|cluster| (cluster.start, cluster.width)).collect();
        assert_eq!(cut, [(5, 1), (8, 0), (11, 1), (14, 0), (17, 1)]);
    }
}
