//! One text in every language of the course.

use super::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text per language. In TOML: `{ en = "...", zh = "..." }`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(BTreeMap<Language, String>);

impl Localized {
    /// A text from its languages.
    pub fn new(texts: impl IntoIterator<Item = (Language, String)>) -> Localized {
        Localized(texts.into_iter().collect())
    }

    /// The text in `language`, or in the first language that has it, or nothing.
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// Whether the text exists in `language`.
    pub fn has(&self, language: Language) -> bool {
        self.0.get(&language).is_some_and(|text| !text.trim().is_empty())
    }
}
