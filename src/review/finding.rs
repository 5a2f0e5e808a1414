//! What a rule found, and where.

use super::criterion::Criterion;
use super::rule::{self, Rule};
use crate::course::{Language, Track};
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; a judgement is needed.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong: the criterion fails.
    Failure,
}

impl Severity {
    /// Its word, for people.
    pub fn word(self, language: Language) -> String {
        super::texts::text(self.name(), language, &[])
    }

    /// The word used in output for programs.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Failure => "failure",
        }
    }
}

/// A stretch of a file. Lines and columns count from one; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file as the person named it, with `/` between folders.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column after the last one.
    pub end_column: u32,
}

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// What it weighs here; never more than the rule's own severity.
    pub severity: Severity,
    /// The language of the code.
    pub track: Track,
    /// Where.
    pub place: Place,
    /// The call or name that the texts speak of.
    pub subject: String,
    /// How the code gets there, from the function that is looked at to the call: `handler -> load -> std::fs::read`.
    pub path: Vec<String>,
    /// What another tool said, word for word, when the finding is not ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

impl Finding {
    /// The rule that found it.
    pub fn rule(&self) -> &'static Rule {
        rule::table().get(self.rule)
    }

    /// The criterion that it speaks about.
    pub fn criterion(&self) -> Criterion {
        self.rule().criterion
    }

    /// One sentence: what is wrong here.
    pub fn what(&self, language: Language) -> String {
        let subject = if self.subject.is_empty() { "..." } else { &self.subject };
        let mut text = self.rule().what.get(language).replace("{subject}", subject);
        if self.path.len() > 2 {
            text.push_str(&format!(" ({})", self.path.join(" -> ")));
        }
        text
    }
}
