//! A project's own settings for the review: `awaitlings.toml`, in the folder that is reviewed or above it.
//!
//! ```toml
//! [review]
//! exclude = ["generated/*"]            # patterns as in .gitignore
//! [[review.python.family]]             # calls of your own that block
//! rule = "blocking-custom"
//! calls = ["ourlib.load", "ourlib.Client.fetch"]
//! [[review.rust.family]]
//! rule = "blocking-custom"
//! calls = ["ourlib::load"]
//! ```

use super::tables::Family;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The name of the file.
pub(super) const FILE: &str = "awaitlings.toml";

/// What a project sets.
#[derive(Debug, Default, Clone)]
pub(super) struct Config {
    pub exclude: Vec<String>,
    pub python: Vec<Family>,
    pub rust: Vec<Family>,
}

#[derive(Default, Deserialize)]
struct File {
    #[serde(default)]
    review: Section,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    #[serde(default)]
    exclude: Vec<String>,
    #[serde(default)]
    python: Families,
    #[serde(default)]
    rust: Families,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Families {
    #[serde(default)]
    family: Vec<Family>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    #[error("failed to read {path}: {source}; make it readable or remove it")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("failed to understand {path}: {text}; see `awaitlings review --help` for what may stand there")]
    Parse { path: PathBuf, text: String },
}

impl Config {
    /// The settings that hold for a path: of the nearest folder that has some.
    pub fn find(path: &Path) -> Result<Config, ConfigError> {
        let start = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match start.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file()) {
            None => Ok(Config::default()),
            Some(file) => {
                let text = std::fs::read_to_string(&file)
                    .map_err(|source| ConfigError::Read { path: file.clone(), source })?;
                Config::parse(&text).map_err(|text| ConfigError::Parse { path: file, text })
            }
        }
    }

    fn parse(text: &str) -> Result<Config, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        for family in file.review.python.family.iter().chain(&file.review.rust.family) {
            if super::rule::table().find(&family.rule).is_none() {
                return Err(format!("no rule is called {}; most projects want \"blocking-custom\"", family.rule));
            }
        }
        let Section { exclude, python, rust } = file.review;
        Ok(Config { exclude, python: python.family, rust: rust.family })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_families_and_names_wrong_rules() {
        let good = "[review]\nexclude = ['gen/*']\n[[review.rust.family]]\nrule = 'blocking-custom'\ncalls = ['a::b']";
        let config = Config::parse(good).unwrap();
        assert_eq!((config.exclude.len(), config.rust.len(), config.python.len()), (1, 1, 0));
        let wrong = Config::parse("[[review.python.family]]\nrule = 'nope'").unwrap_err();
        assert!(wrong.contains("nope"));
    }
}
