//! Tables of calls, read from TOML: which calls block, and what weighs how much.
//!
//! A name is dotted (`time.sleep`) in Python and a path (`std::thread::sleep`) in Rust. A trailing `*` stands for the rest of
//! the last part. A method is written behind its class: `queue.Queue.get`, `std::process::Child::wait`. A name with a leading
//! `!` takes itself out of a pattern.

use super::finding::Severity;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Calls that block for the same reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The rule that speaks about them.
    pub rule: String,
    /// Calls that are failures.
    #[serde(default)]
    pub calls: Vec<String>,
    /// Calls that are warnings.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Calls that are notes.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A blocking call: the rule, and what it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocks {
    /// The rule's id.
    pub rule: &'static str,
    /// What the call weighs.
    pub severity: Severity,
}

/// Blocking calls by name.
#[derive(Debug, Default, Clone)]
pub struct CallTable {
    exact: FxHashMap<String, Option<Blocks>>,
    wild: FxHashMap<String, Vec<(String, Blocks)>>,
}

impl CallTable {
    /// Adds a family. A rule that is not in the rule table is an error that names it.
    pub fn add(&mut self, family: &Family, separator: &str) -> Result<(), String> {
        let rule =
            super::rule::table().find(&family.rule).ok_or_else(|| format!("no rule is called {}", family.rule))?;
        let lists = [
            (&family.calls, Severity::Failure),
            (&family.warnings, Severity::Warning),
            (&family.notes, Severity::Note),
        ];
        for (names, severity) in lists {
            for name in names {
                let blocks = Blocks { rule: rule.id.as_str(), severity };
                if let Some(name) = name.strip_prefix('!') {
                    self.exact.insert(name.to_owned(), None);
                } else if let Some(start) = name.strip_suffix('*') {
                    let (parent, tail) = start.rsplit_once(separator).unwrap_or(("", start));
                    self.wild.entry(parent.to_owned()).or_default().push((tail.to_owned(), blocks));
                } else {
                    self.exact.insert(name.clone(), Some(blocks));
                }
            }
        }
        Ok(())
    }

    /// The names that stand in the table in full.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }

    /// Whether the call of this name blocks.
    pub fn get(&self, name: &str, separator: &str) -> Option<Blocks> {
        if let Some(entry) = self.exact.get(name) {
            return *entry;
        }
        let (parent, tail) = name.rsplit_once(separator)?;
        let patterns = self.wild.get(parent)?;
        patterns.iter().find(|(start, _)| tail.starts_with(start.as_str())).map(|(_, blocks)| *blocks)
    }
}
