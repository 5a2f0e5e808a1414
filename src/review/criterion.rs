//! The five exit criteria that a review answers for.

use crate::course::{Language, Localized};
use serde::{Deserialize, Serialize};

/// An exit criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// Async patterns applied correctly.
    #[default]
    Patterns,
    /// No blocking operations in async code.
    NoBlocking,
    /// Proper error handling implemented.
    Errors,
    /// Rate limiting configured where needed.
    RateLimit,
    /// Async tests exist, are marked, assert something, and pass.
    TestsPass,
}

impl Criterion {
    /// All criteria, in the order in which they are shown.
    pub const ALL: [Criterion; 5] =
        [Criterion::Patterns, Criterion::NoBlocking, Criterion::Errors, Criterion::RateLimit, Criterion::TestsPass];

    /// The id used in files and output.
    pub fn id(self) -> &'static str {
        match self {
            Criterion::Patterns => "patterns",
            Criterion::NoBlocking => "no-blocking",
            Criterion::Errors => "errors",
            Criterion::RateLimit => "rate-limit",
            Criterion::TestsPass => "tests-pass",
        }
    }

    /// The words that a learner sees.
    pub fn title(self, language: Language) -> &'static str {
        super::texts::criterion(self).get(language)
    }
}

impl std::fmt::Display for Criterion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// The words of all criteria, as `texts.toml` has them.
pub(super) type CriterionTexts = std::collections::BTreeMap<Criterion, Localized>;
