//! What a piece of text is, and how that looks where escape sequences are understood. Whether they reach a terminal
//! is the printer's business.

use crate::lesson;
use anstyle::{AnsiColor, Style};

/// What a piece of text is, rather than its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paint {
    /// Nothing special.
    #[default]
    Plain,
    /// It is as it should be.
    Good,
    /// It is not.
    Bad,
    /// It wants attention.
    Warn,
    /// A name or a heading.
    Strong,
    /// Less important.
    Faint,
}

impl Paint {
    /// The text in its colour.
    pub fn on(self, text: &str) -> String {
        let style = match self {
            Paint::Plain => return text.to_owned(),
            Paint::Good => AnsiColor::Green.on_default().bold(),
            Paint::Bad => AnsiColor::Red.on_default().bold(),
            Paint::Warn => AnsiColor::Yellow.on_default().bold(),
            Paint::Strong => Style::new().bold(),
            Paint::Faint => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }
}

/// Prose, broken into lines of at most `width` columns that start with `indent` spaces.
pub fn wrapped(text: &str, indent: usize, width: usize) -> Vec<String> {
    let room = width.saturating_sub(indent).max(10);
    let lines = text.lines().flat_map(|line| lesson::wrap_plain(line, room));
    lines.map(|line| format!("{}{line}", " ".repeat(indent))).collect()
}
