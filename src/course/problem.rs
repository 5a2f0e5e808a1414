//! What is wrong with a course, and where.

use std::fmt;

/// A mistake in a course's file. The rest of the course keeps working.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Problem {
    /// The file, relative to the course's folder.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 where the whole line is meant.
    pub column: usize,
    /// What is wrong and what to do about it.
    pub what: String,
}

impl Problem {
    /// A problem of a whole file or folder.
    pub fn of_file(file: impl Into<String>, what: impl Into<String>) -> Problem {
        Problem { file: file.into(), line: 0, column: 0, what: what.into() }
    }

    /// A problem at a line.
    pub fn at_line(file: impl Into<String>, line: usize, what: impl Into<String>) -> Problem {
        Problem { file: file.into(), line, column: 0, what: what.into() }
    }

    /// A problem at a byte offset of the file's text.
    pub fn at_offset(file: impl Into<String>, text: &str, offset: usize, what: impl Into<String>) -> Problem {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Problem { file: file.into(), line, column, what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        write!(f, ": {}", self.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_becomes_a_line_and_a_column_in_characters() {
        let problem = Problem::at_offset("a.toml", "x = 1\n标题 = ?", "x = 1\n标题 = ".len(), "bad value");
        assert_eq!(problem.to_string(), "a.toml:2:6: bad value");
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Problem::at_offset("a", "one", 99, "x").column, 4);
    }
}
