//! One row of the catalogue.

use super::matcher::Matcher;
use crate::course::{Localized, Track};
use serde::Deserialize;

/// What a message means and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Explanation {
    /// The row's name: never changes, unique over both tracks.
    pub id: String,
    /// The track in which the message is printed; the file of the row says it.
    #[serde(skip)]
    pub track: Track,
    /// Who prints the message.
    #[serde(rename = "where")]
    pub place: Place,
    /// What has happened, in a sentence or two.
    pub meaning: Localized,
    /// What to change.
    pub fix: Localized,
    /// The lesson section to read: module id, `#`, section id.
    pub section: String,
    /// A few lines of corrected code.
    pub example: Option<String>,
    /// The message often only follows from another fault of the same output, and is then of less interest.
    #[serde(default)]
    pub consequence: bool,
    #[serde(flatten)]
    pub(super) matcher: Matcher,
}

/// Who prints a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Place {
    /// The Rust compiler.
    #[serde(rename = "compiler")]
    Compiler,
    /// The running program: a panic, an exception, an error that it prints.
    #[serde(rename = "runtime")]
    Runtime,
    /// The test tool.
    #[serde(rename = "test tool")]
    TestTool,
    /// A warning of the running program or of the compiler; the code goes on.
    #[serde(rename = "warning")]
    Warning,
    /// The linter, clippy.
    #[serde(rename = "linter")]
    Linter,
}
