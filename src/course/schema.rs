//! The TOML files of a course, as they are written.

use super::{DiskUse, Language, Localized, NetworkUse, Problem, Snapshot, Track};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use toml::Spanned;

/// `course.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CourseToml {
    pub id: Spanned<String>,
    pub title: Spanned<Localized>,
    pub languages: Spanned<Vec<Language>>,
    pub tracks: Spanned<Vec<Track>>,
    #[serde(default)]
    pub criteria: Vec<CriterionToml>,
    #[serde(default)]
    pub sets: BTreeMap<String, SetToml>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CriterionToml {
    pub id: Spanned<String>,
    pub text: Spanned<Localized>,
}

/// A dependency set: files with Cargo's `[dependencies]` and its lock file, and with pip's requirements.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetToml {
    pub manifest: Spanned<String>,
    pub lock: Spanned<String>,
    pub requirements: Option<Spanned<String>>,
}

/// `exercise.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExerciseToml {
    pub title: Spanned<Localized>,
    pub criteria: Vec<Spanned<String>>,
    pub difficulty: Spanned<u8>,
    pub section: Option<Spanned<String>>,
    #[serde(default)]
    pub limits: LimitsToml,
    #[serde(default)]
    pub messages: BTreeMap<Spanned<String>, Spanned<Localized>>,
    #[serde(default)]
    pub faults: BTreeMap<Spanned<String>, Spanned<Localized>>,
    pub rust: Option<TrackToml>,
    pub python: Option<TrackToml>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LimitsToml {
    pub test_seconds: Option<Spanned<u64>>,
    #[serde(default)]
    pub network: NetworkUse,
    #[serde(default)]
    pub disk: DiskUse,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrackToml {
    pub set: Spanned<String>,
    /// The faulty builds, where the learner writes the tests.
    pub faults: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub wrong: Vec<WrongToml>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrongToml {
    pub file: Spanned<String>,
    pub test: Option<Spanned<String>>,
    pub message: Option<Spanned<String>>,
    pub escapes: Option<Spanned<String>>,
}

/// The front matter of a lesson.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrontMatter {
    pub title: String,
    pub summary: String,
}

/// A TOML file with its text, so that values can be found again in it.
pub(super) struct Parsed<T> {
    pub file: String,
    pub text: String,
    pub value: T,
}

impl<T: DeserializeOwned> Parsed<T> {
    /// Reads and parses a file of the course.
    pub fn read(snapshot: &Snapshot, file: &str) -> Result<Parsed<T>, Problem> {
        let missing = || Problem::of_file(file, "is missing; every exercise and course needs it");
        let text = snapshot.text(file).ok_or_else(missing)??;
        let value = parse(file, &text, 0, &text)?;
        Ok(Parsed { file: file.to_owned(), text, value })
    }
}

impl<T> Parsed<T> {
    /// A problem at a value of the file.
    pub fn problem_at<V>(&self, value: &Spanned<V>, what: impl Into<String>) -> Problem {
        Problem::at_offset(&self.file, &self.text, value.span().start, what)
    }
}

/// Parses TOML that starts at byte `offset` of the file's text.
pub(super) fn parse<T: DeserializeOwned>(file: &str, toml: &str, offset: usize, text: &str) -> Result<T, Problem> {
    toml::from_str(toml).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        Problem::at_offset(file, text, offset + start, error.message())
    })
}
