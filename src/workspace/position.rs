//! From an offset in a text to the line and column that an editor shows.

/// A place in a text, both counted from one; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The place of the byte `offset`; beyond the end it is the end.
    pub fn of(text: &str, offset: usize) -> Position {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let text = "a = 1\r\n语言 = \"x\"\n";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, text.find('=').unwrap()), Position { line: 1, column: 3 });
        assert_eq!(Position::of(text, text.rfind('=').unwrap()), Position { line: 2, column: 4 });
        assert_eq!(Position::of(text, 9_999), Position { line: 3, column: 1 });
        assert_eq!(Position::of("", 0), Position { line: 1, column: 1 });
    }
}
