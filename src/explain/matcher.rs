//! How the message of a row is recognised.

use super::pattern::Pattern;
use serde::Deserialize;

/// The conditions of one row. All that are given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Matcher {
    /// The code of the diagnostic.
    code: Option<String>,
    /// Each of these is in the message.
    #[serde(default)]
    all: Vec<Pattern>,
    /// One of these is in the message.
    #[serde(default)]
    any: Vec<Pattern>,
    /// One of these is near the message: in the notes of a diagnostic, in the lines before an exception.
    #[serde(default)]
    notes: Vec<Pattern>,
}

impl Matcher {
    /// Whether a line of a message, in lower case, satisfies the row's conditions. `notes` is asked only when the
    /// row wants notes, and gives them in lower case.
    pub(super) fn fits<'a>(&self, code: Option<&str>, line: &str, notes: impl FnOnce() -> &'a str) -> bool {
        let line_fits = self.all.iter().all(|pattern| pattern.fits(line))
            && (self.any.is_empty() || self.any.iter().any(|pattern| pattern.fits(line)));
        let code_fits = self.code.is_none() || self.code.as_deref() == code;
        code_fits && line_fits && (self.notes.is_empty() || near(&self.notes, notes()))
    }

    /// Texts of which every fitting line holds at least one, in lower case.
    pub(super) fn needles(&self) -> Vec<&str> {
        let longest = self.all.iter().map(Pattern::needle).max_by_key(|needle| needle.len());
        longest.map_or_else(|| self.any.iter().map(Pattern::needle).collect(), |needle| vec![needle])
    }
}

fn near(patterns: &[Pattern], notes: &str) -> bool {
    patterns.iter().any(|pattern| pattern.fits_any_line(notes))
}
