//! What a check came to.

use serde::Serialize;

/// The findings of a check. Serialized, it is the documented JSON form, version 1.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The version of this form; fields may be added under the same version.
    pub version: u32,
    /// The course's id.
    pub course: String,
    /// One for each item, in the order of the course.
    pub findings: Vec<Finding>,
}

/// What one item came to.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// What was checked.
    pub item: String,
    /// How it went.
    #[serde(flatten)]
    pub result: Result,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// How a check went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum Result {
    /// All is as it should be.
    Ok,
    /// It is not.
    Failed {
        /// What is wrong, one reason each.
        reasons: Vec<String>,
    },
    /// A part could not be checked here; the rest is as it should be.
    Partly {
        /// What was left out and why.
        skipped: Vec<String>,
    },
}

impl Result {
    /// The result of a check that found these problems.
    pub fn of(reasons: Vec<String>) -> Result {
        if reasons.is_empty() { Result::Ok } else { Result::Failed { reasons } }
    }

    /// As [`Result::of`], where some of it could not be checked.
    pub fn with_skipped(reasons: Vec<String>, skipped: Vec<String>) -> Result {
        match Result::of(reasons) {
            Result::Ok if !skipped.is_empty() => Result::Partly { skipped },
            result => result,
        }
    }
}

impl Report {
    /// A report on a course.
    pub fn new(course: &str, findings: Vec<Finding>) -> Report {
        Report { version: 1, course: course.to_owned(), findings }
    }

    /// Whether nothing is wrong.
    pub fn is_good(&self) -> bool {
        !self.findings.iter().any(|finding| matches!(finding.result, Result::Failed { .. }))
    }

    /// The JUnit form, as CI systems read it.
    pub fn junit(&self) -> String {
        super::junit::of(self)
    }
}
