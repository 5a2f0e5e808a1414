//! Lines as plain text.

use super::line::Line;

/// The lines as text, each ended by a line feed.
pub fn plain(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        line.spans.iter().for_each(|span| text.push_str(&span.text));
        text.push('\n');
    }
    text
}
