//! The report: findings, and per criterion a verdict with its reasons.

use super::criterion::Criterion;
use super::finding::{Finding, Severity};
use super::processes::TestRun;
use super::{Facts, Problem, texts};
use crate::course::Language;
use serde::Serialize;

/// A callback that takes longer is slow, in milliseconds: what asyncio's `slow_callback_duration` is, too.
const SLOW_MS: f64 = 100.0;

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
    /// Its word.
    pub fn word(self, language: Language) -> String {
        texts::text(self.key(), language, &[])
    }

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
    pub(super) fn plain(key: &'static str) -> Reason {
        Reason { key, values: Vec::new() }
    }

    pub(super) fn with(key: &'static str, name: &'static str, value: impl std::fmt::Display) -> Reason {
        Reason { key, values: vec![(name, value.to_string())] }
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
    /// Notes that were asked to be left out, by criterion; the reasons count them.
    pub hidden_notes: std::collections::BTreeMap<Criterion, usize>,
    /// Findings that the baseline holds.
    pub in_baseline: usize,
    /// How the tests went; none where they were not run.
    pub tests: Option<TestRun>,
    /// What came of asking cargo: that it spoke, or why not; none where there was nothing to ask about.
    pub cargo: Option<Reason>,
    /// Lines of the files at and around the findings.
    pub excerpts: std::collections::BTreeMap<(String, u32), String>,
}

impl Report {
    /// How many findings weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// How much was found and looked at, in sentences.
    pub fn summary(&self, language: Language) -> Vec<String> {
        let number = |count: usize| count.to_string();
        let counts =
            [Severity::Failure, Severity::Warning, Severity::Note].map(|severity| number(self.count(severity)));
        let [failures, warnings, notes] = &counts;
        let found = [("failures", failures.as_str()), ("warnings", warnings), ("notes", notes)];
        let (files, lines) = (number(self.files), number(self.lines));
        let functions = number(self.facts.async_functions);
        let looked_at = [("files", files.as_str()), ("lines", &lines), ("functions", &functions)];
        let hidden = [("suppressed", self.suppressed), ("baseline-hidden", self.in_baseline)];
        let hidden = hidden.into_iter().filter(|(_, count)| *count > 0);
        let mut sentences =
            vec![texts::text("counts", language, &found), texts::text("looked-at", language, &looked_at)];
        sentences.extend(hidden.map(|(key, count)| texts::text(key, language, &[("count", &number(count))])));
        sentences
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
        let notes = count(Severity::Note) + self.hidden_notes.get(&criterion).copied().unwrap_or(0);
        let unread = self.problems.iter().filter(|problem| problem.unread).count();
        let mut reasons = Vec::new();
        if failures > 0 {
            reasons.push(Reason::with("reason-failures", "count", failures));
        }
        if warnings > 0 {
            reasons.push(Reason::with("reason-warnings", "count", warnings));
        }
        if unread > 0 {
            reasons.push(Reason::with("reason-unread", "count", unread));
        }
        if !self.facts.any_async() {
            reasons.push(Reason::plain("reason-no-async"));
        } else if failures + warnings == 0 && criterion != Criterion::TestsPass {
            let functions = ("functions", self.facts.async_functions.to_string());
            reasons.push(match notes {
                0 => Reason { key: "reason-none", values: vec![functions] },
                _ => Reason { key: "reason-only-notes", values: vec![functions, ("notes", notes.to_string())] },
            });
        }
        self.told_by_processes(criterion, &mut reasons);
        let readable = unread == 0 && self.facts.any_async();
        let by_tests = (criterion == Criterion::TestsPass).then(|| self.tests_verdict(&mut reasons));
        let verdict = match criterion {
            _ if failures > 0 => Verdict::Fail,
            Criterion::TestsPass => by_tests.unwrap_or(Verdict::NotAssessed),
            Criterion::RateLimit if readable && warnings == 0 && self.facts.network => {
                reasons.push(Reason::plain("reason-limit-unknown"));
                Verdict::Pass
            }
            Criterion::RateLimit if readable && warnings == 0 && !self.facts.network => {
                reasons.push(Reason::plain("reason-no-network"));
                Verdict::Pass
            }
            _ if readable => Verdict::Pass,
            _ => Verdict::NotAssessed,
        };
        let cannot_know = Reason::plain(match criterion {
            Criterion::Patterns => "cannot-patterns",
            Criterion::NoBlocking => "cannot-no-blocking",
            Criterion::Errors => "cannot-errors",
            Criterion::RateLimit => "cannot-rate-limit",
            Criterion::TestsPass => "cannot-tests-pass",
        });
        CriterionReport { criterion, verdict, reasons, cannot_know }
    }

    /// What running the tests and asking cargo tell about a criterion.
    fn told_by_processes(&self, criterion: Criterion, reasons: &mut Vec<Reason>) {
        match criterion {
            Criterion::Patterns => {
                reasons.extend(self.cargo.clone());
                let never = self.tests.iter().flat_map(|tests| &tests.never_awaited);
                reasons.extend(never.map(|text| Reason::with("reason-never-awaited", "text", text)));
            }
            Criterion::NoBlocking => match &self.tests {
                Some(TestRun { longest_callback: Some(longest), .. }) => {
                    let figure = |ms: f64| format!("{ms:.0}");
                    let key = if longest.took_ms >= SLOW_MS { "reason-slow" } else { "reason-longest" };
                    let values = vec![
                        ("took", figure(longest.took_ms)),
                        ("computed", figure(longest.computed_ms)),
                        ("what", longest.what.clone()),
                        ("test", longest.test.clone()),
                    ];
                    reasons.push(Reason { key, values });
                }
                Some(_) => reasons.push(Reason::plain("reason-not-measured")),
                None => {}
            },
            _ => {}
        }
    }

    fn tests_verdict(&self, reasons: &mut Vec<Reason>) -> Verdict {
        if self.facts.async_tests == 0 {
            reasons.push(Reason::plain("reason-no-tests"));
        }
        let Some(run) = &self.tests else {
            if self.facts.async_tests > 0 {
                reasons.push(Reason::with("reason-not-run", "count", self.facts.async_tests));
            }
            return Verdict::NotAssessed;
        };
        if run.counts.total() + run.counts.skipped > 0 {
            let values = vec![
                ("passed", run.counts.passed.to_string()),
                ("failed", run.counts.failed.to_string()),
                ("skipped", run.counts.skipped.to_string()),
            ];
            reasons.push(Reason { key: "reason-ran", values });
        }
        if !run.failed_tests.is_empty() {
            reasons.push(Reason::with("reason-failed-tests", "names", run.failed_tests.join(", ")));
        }
        reasons.extend(run.faults.iter().chain(&run.obstacles).cloned());
        if run.counts.failed > 0 || !run.faults.is_empty() {
            Verdict::Fail
        } else if run.counts.passed == 0 || !run.obstacles.is_empty() || self.facts.async_tests == 0 {
            Verdict::NotAssessed
        } else {
            Verdict::Pass
        }
    }
}
