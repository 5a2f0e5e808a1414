//! Text as it may be shown: nothing in it moves the cursor, changes colours or turns the reading direction.

use std::borrow::Cow;

/// What stands for a character that must not reach a terminal.
const REPLACEMENT: char = '\u{fffd}';

/// The columns that a tab takes in code.
const TAB: &str = "    ";

/// `text` without control characters. Line feeds stay, a tab becomes four spaces, a line or
/// paragraph separator becomes a space; byte-order marks, soft hyphens and carriage returns before
/// a line feed are dropped; every other control and bidirectional control is shown as `U+FFFD`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\t' => shown.push_str(TAB),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\u{2028}' | '\u{2029}' => shown.push(' '),
            '\u{feff}' | '\u{ad}' => {}
            '\n' => shown.push('\n'),
            _ if is_hidden(char) => shown.push(REPLACEMENT),
            _ => shown.push(char),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character controls a terminal or the direction of text instead of being seen.
fn is_hidden(char: char) -> bool {
    match char {
        '\n' => false,
        ' '..='~' => false,
        _ => {
            char.is_control()
                || matches!(
                    char,
                    '\u{ad}'
                        | '\u{61c}'
                        | '\u{200e}'
                        | '\u{200f}'
                        | '\u{2028}'..='\u{202e}'
                        | '\u{2066}'..='\u{2069}'
                        | '\u{feff}'
                )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn an_escape_sequence_is_shown_and_not_sent() {
        assert_eq!(visible("a\u{1b}[31mb\u{7}\u{9b}"), "a\u{fffd}[31mb\u{fffd}\u{fffd}");
    }

    #[test]
    fn a_hidden_reordering_is_shown() {
        assert_eq!(visible("a\u{202e}b\u{2066}"), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn tabs_and_line_ends_become_ordinary() {
        assert_eq!(visible("\u{feff}\ta\r\nb\u{2028}c\rd"), "    a\nb c\u{fffd}d");
    }
}
