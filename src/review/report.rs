//! The report: findings, and per criterion a verdict with its reasons.

use super::criterion::Criterion;
use super::finding::{Finding, Severity};
use super::run_tests::TestCounts;
use super::{Facts, Problem, texts};
use crate::course::Language;
use serde::Serialize;

/// What is said about a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Looked at, and nothing fails.
    Pass,
    /// Something fails.
    Fail,
    /// It could not be looked at; the reasons say why.
    NotAssessed,
}

impl Verdict {
    /// The key of its word in `texts.toml`, which is also its word in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NotAssessed => "not-assessed",
        }
    }
}

/// A reason: a key of `texts.toml` and what is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The key of the text.
    pub key: &'static str,
    /// Names and values of the text.
    pub values: Vec<(&'static str, String)>,
}

impl Reason {
    fn new(key: &'static str) -> Reason {
        Reason { key, values: Vec::new() }
    }

    fn count(key: &'static str, name: &'static str, count: usize) -> Reason {
        Reason { key, values: vec![(name, count.to_string())] }
    }

    /// The sentence.
    pub fn text(&self, language: Language) -> String {
        let values: Vec<(&str, &str)> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        texts::text(self.key, language, &values)
    }
}

/// The verdict of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionReport {
    /// Which.
    pub criterion: Criterion,
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What reading alone cannot know.
    pub cannot_know: Reason,
}

/// Everything that a review says.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Findings, by place.
    pub findings: Vec<Finding>,
    /// What could not be read, and suppressions that are not obeyed.
    pub problems: Vec<Problem>,
    /// A verdict per criterion.
    pub criteria: Vec<CriterionReport>,
    /// Files looked at.
    pub files: usize,
    /// Their lines.
    pub lines: usize,
    /// What was in them.
    pub facts: Facts,
    /// Findings that comments allow.
    pub suppressed: usize,
    /// Findings that the baseline holds.
    pub in_baseline: usize,
    /// What a test run said.
    pub tests: Option<TestCounts>,
    /// Lines of the files, for showing the code of a finding.
    pub excerpts: std::collections::BTreeMap<(String, u32), String>,
}

impl Report {
    /// How many findings weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether any criterion fails.
    pub fn fails(&self) -> bool {
        self.criteria.iter().any(|criterion| criterion.verdict == Verdict::Fail)
    }

    /// Fills in the verdicts.
    pub(super) fn judge(&mut self) {
        self.criteria = Criterion::ALL.into_iter().map(|criterion| self.criterion(criterion)).collect();
    }

    fn criterion(&self, criterion: Criterion) -> CriterionReport {
        let count = |severity| {
            let of = self.findings.iter().filter(|finding| finding.criterion() == criterion);
            of.filter(|finding| finding.severity == severity).count()
        };
        let (failures, warnings) = (count(Severity::Failure), count(Severity::Warning));
        let unread = self.problems.iter().filter(|problem| problem.unread).count();
        let mut reasons = Vec::new();
        if failures > 0 {
            reasons.push(Reason::count("reason-failures", "count", failures));
        }
        if warnings > 0 {
            reasons.push(Reason::count("reason-warnings", "count", warnings));
        }
        if unread > 0 {
            reasons.push(Reason::count("reason-unread", "count", unread));
        }
        if !self.facts.any_async() {
            reasons.push(Reason::new("reason-no-async"));
        } else if failures + warnings == 0 && criterion != Criterion::TestsPass {
            reasons.push(Reason::count("reason-none", "functions", self.facts.async_functions));
        }
        let readable = unread == 0 && self.facts.any_async();
        let verdict = match criterion {
            _ if failures > 0 => Verdict::Fail,
            Criterion::TestsPass => self.tests_verdict(&mut reasons),
            Criterion::RateLimit if readable && warnings == 0 && self.facts.network => {
                reasons.push(Reason::new("reason-limit-unknown"));
                Verdict::Pass
            }
            Criterion::RateLimit if readable && !self.facts.network => {
                reasons.push(Reason::new("reason-no-network"));
                Verdict::Pass
            }
            _ if readable => Verdict::Pass,
            _ => Verdict::NotAssessed,
        };
        let cannot_know = Reason::new(match criterion {
            Criterion::Patterns => "cannot-patterns",
            Criterion::NoBlocking => "cannot-no-blocking",
            Criterion::Errors => "cannot-errors",
            Criterion::RateLimit => "cannot-rate-limit",
            Criterion::TestsPass => "cannot-tests-pass",
        });
        CriterionReport { criterion, verdict, reasons, cannot_know }
    }

    fn tests_verdict(&self, reasons: &mut Vec<Reason>) -> Verdict {
        match &self.tests {
            None if self.facts.async_tests == 0 => {
                reasons.push(Reason::new("reason-no-tests"));
                Verdict::NotAssessed
            }
            None => {
                reasons.push(Reason::count("reason-not-run", "count", self.facts.async_tests));
                Verdict::NotAssessed
            }
            Some(counts) if counts.total() == 0 => {
                reasons.push(Reason::new("reason-zero-ran"));
                Verdict::NotAssessed
            }
            Some(counts) => {
                let values = vec![
                    ("passed", counts.passed.to_string()),
                    ("failed", counts.failed.to_string()),
                    ("skipped", counts.skipped.to_string()),
                ];
                reasons.push(Reason { key: "reason-ran", values });
                if counts.failed > 0 { Verdict::Fail } else { Verdict::Pass }
            }
        }
    }
}
