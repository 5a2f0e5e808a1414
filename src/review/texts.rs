//! The words of the report, from `texts.toml`.

use super::criterion::{Criterion, CriterionTexts};
use crate::course::{Language, Localized};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    criterion: CriterionTexts,
    text: BTreeMap<String, Localized>,
}

static TEXTS: LazyLock<Texts> =
    // The file is part of the program and a test reads it, so a fault in it cannot reach a person.
    LazyLock::new(|| toml::from_str(include_str!("texts.toml")).expect("the built-in texts are valid"));

/// The words of a criterion.
pub(super) fn criterion(criterion: Criterion) -> &'static Localized {
    &TEXTS.criterion[&criterion]
}

/// A text with its `{name}`s filled in.
pub(super) fn text(key: &str, language: Language, values: &[(&str, &str)]) -> String {
    let mut text = TEXTS.text.get(key).map_or(key, |text| text.get(language)).to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_in_every_language() {
        for language in Language::ALL {
            assert!(TEXTS.text.iter().all(|(_, text)| text.has(language)));
            assert!(Criterion::ALL.iter().all(|criterion| TEXTS.criterion[criterion].has(language)));
        }
    }
}
