//! The table of rules. All of its words are data, in `rules/*.toml`, one file per criterion.

use super::criterion::Criterion;
use super::finding::Severity;
use crate::course::{Localized, Track};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The id: what suppressions, baselines and `--explain` name. Never changes.
    pub id: String,
    /// The criterion that it speaks about.
    #[serde(skip)]
    pub criterion: Criterion,
    /// What a finding weighs at most.
    pub severity: Severity,
    /// What was found; `{subject}` is the call or name.
    pub what: Localized,
    /// Why that is a fault.
    pub why: Localized,
    /// What to write instead.
    pub fix: Localized,
    /// The lesson section that teaches it: `module#section`.
    pub section: String,
    /// An example in Rust, when the rule reads Rust.
    #[serde(default)]
    pub rust: Option<Example>,
    /// An example in Python, when the rule reads Python.
    #[serde(default)]
    pub python: Option<Example>,
}

/// A bad and a good piece of code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Code that the rule finds.
    pub bad: String,
    /// The same, made right.
    pub good: String,
}

impl Rule {
    /// The example in a language; a rule without one does not read that language.
    pub fn example(&self, track: Track) -> Option<&Example> {
        match track {
            Track::Rust => self.rust.as_ref(),
            Track::Python => self.python.as_ref(),
        }
    }

    /// The languages that the rule reads.
    pub fn tracks(&self) -> impl Iterator<Item = Track> + '_ {
        Track::ALL.into_iter().filter(|track| self.example(*track).is_some())
    }
}

/// All rules, by criterion and then in the order of the files.
#[derive(Debug)]
pub struct Table {
    rules: Vec<Rule>,
    by_id: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<Rule>,
}

const FILES: [(Criterion, &str); 5] = [
    (Criterion::Patterns, include_str!("rules/patterns.toml")),
    (Criterion::NoBlocking, include_str!("rules/no-blocking.toml")),
    (Criterion::Errors, include_str!("rules/errors.toml")),
    (Criterion::RateLimit, include_str!("rules/rate-limit.toml")),
    (Criterion::TestsPass, include_str!("rules/tests-pass.toml")),
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut rules = Vec::new();
    for (criterion, text) in FILES {
        // The files are part of the program and a test reads them all, so a fault in them cannot reach a person.
        let file: RuleFile = toml::from_str(text).expect("the built-in rule table is valid");
        rules.extend(file.rule.into_iter().map(|rule| Rule { criterion, ..rule }));
    }
    let by_id = rules.iter().enumerate().map(|(at, rule)| (rule.id.clone(), at)).collect();
    Table { rules, by_id }
});

/// The built-in table.
pub fn table() -> &'static Table {
    &TABLE
}

impl Table {
    /// All rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of an id that a person wrote.
    pub fn find(&self, id: &str) -> Option<&Rule> {
        self.by_id.get(id).map(|at| &self.rules[*at])
    }

    /// The rule of an id that the program's own code wrote.
    pub(super) fn get(&self, id: &str) -> &Rule {
        self.find(id).unwrap_or_else(|| panic!("no rule is called {id}"))
    }
}
