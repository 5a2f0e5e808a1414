//! A verdict as people read it: the result, the first failure with what it means, every test, the criteria, the
//! timeline.

use super::chart::{self, Chart, Window};
use super::{Line, Paint, faults, wrapped};
use crate::course::{Course, Exercise, Language};
use crate::explain::{self, Explanation, Symptom};
use crate::runner::rust::diagnostics::{Diagnostic, Severity};
use crate::runner::timeline::{rows_of, telling_test};
use crate::runner::verdict::{Failure, Hang, Part};
use crate::runner::{Kind, Outcome, Verdict};
use crate::wording::{Judging, Say};

/// How many compiler messages of one severity are shown whole.
const MOST_DIAGNOSTICS: usize = 4;

/// The most rows that are drawn of one timeline.
const MOST_ROWS: usize = 16;

/// What a verdict is told with.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The course.
    pub course: &'a Course,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The language to speak.
    pub language: Language,
    /// The columns there are.
    pub width: usize,
    /// How much of Python's tracebacks.
    pub traces: Traces,
}

/// How much of a traceback is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Traces {
    /// The frames of the learner's own file.
    #[default]
    Own,
    /// The same, where a key shows the rest.
    OwnWithKey(char),
    /// All of it.
    Whole,
}

/// The lines of a verdict, its timeline included. `reference` is the reference solution's verdict, for its timeline.
pub fn lines(verdict: &Verdict, reference: Option<&Verdict>, setting: Setting<'_>) -> Vec<Line> {
    let mut printer = Printer { setting, lines: lines_without_timeline(verdict, setting) };
    printer.timeline(verdict, reference);
    printer.lines
}

/// The lines of a verdict without its timeline.
pub fn lines_without_timeline(verdict: &Verdict, setting: Setting<'_>) -> Vec<Line> {
    let mut printer = Printer { setting, lines: Vec::new() };
    printer.headline(verdict);
    printer.diagnostics(verdict);
    if let Some(test) = verdict.first_failure() {
        printer.failure(verdict, test);
    }
    printer.tests(verdict);
    printer.blank();
    printer.lines.extend(faults::lines(verdict, setting));
    printer.criteria(verdict);
    printer.lines
}

pub(super) struct Printer<'a> {
    pub(super) setting: Setting<'a>,
    pub(super) lines: Vec<Line>,
}

impl Printer<'_> {
    pub(super) fn say(&self, text: &Judging) -> String {
        text.say(self.setting.language)
    }

    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Line::default());
        }
    }

    /// Adds text, wrapped, with every line indented.
    pub(super) fn text(&mut self, indent: usize, text: &str) {
        self.lines.extend(wrapped(text, indent, self.setting.width).into_iter().map(Line::plain));
    }

    fn headline(&mut self, verdict: &Verdict) {
        let (mark, word, paint) = match &verdict.kind {
            Kind::Passed => ("✓", Judging::Passed, Paint::Good),
            Kind::Failed => ("✗", Judging::Failed, Paint::Bad),
            Kind::DidNotCompile { part: Part::Solution } => {
                ("✗", Judging::DidNotCompile { track: verdict.track }, Paint::Bad)
            }
            Kind::DidNotCompile { part: Part::Tests } => ("✗", Judging::TestsDoNotFit, Paint::Bad),
            Kind::TimedOut { .. } => ("✗", Judging::TimedOut, Paint::Bad),
            Kind::Crashed => ("✗", Judging::Crashed, Paint::Bad),
            Kind::Tampered => ("✗", Judging::Tampered, Paint::Bad),
            Kind::Setup { .. } => ("?", Judging::SetupProblem, Paint::Warn),
        };
        let title = self.setting.exercise.title.get(self.setting.language);
        let word = Line::of(paint, format!("{mark} {}", self.say(&word)));
        self.lines.push(word.and(Paint::Plain, format!("  {title} ({}, {})", verdict.exercise, verdict.track)));
        if let Kind::Setup { problem } = &verdict.kind {
            let problem = problem.say(self.setting.language);
            self.text(2, &problem);
            return;
        }
        if let Kind::TimedOut { hang: Hang::Compiling } = verdict.kind {
            let text = self.say(&Judging::CompilerBusy);
            self.text(2, &text);
        }
        let mut facts = Vec::new();
        if !verdict.tests.is_empty() {
            let passed = verdict.tests.iter().filter(|test| test.outcome == Outcome::Passed).count();
            let total = verdict.tests.len();
            facts.push(self.say(&if self.is_written(verdict) {
                Judging::OwnTestsCount { passed, total }
            } else {
                Judging::TestsCount { passed, total }
            }));
        }
        if !verdict.faults.is_empty() {
            let caught = verdict.faults.iter().filter(|one| one.fate.is_caught()).count();
            facts.push(self.say(&Judging::FaultsCount { caught, total: verdict.faults.len() }));
        }
        facts.push(self.say(&if verdict.from_cache {
            Judging::FromCache
        } else {
            let (track, build_ms, tests_ms) = (verdict.track, verdict.build_ms, verdict.tests_ms);
            Judging::Took { track, build_ms, tests_ms, isolation: verdict.isolation.to_string() }
        }));
        let separator = if self.setting.language == Language::Zh { "；" } else { "; " };
        let facts = wrapped(&facts.join(separator), 2, self.setting.width);
        self.lines.extend(facts.into_iter().map(|line| Line::of(Paint::Faint, line)));
    }

    fn diagnostics(&mut self, verdict: &Verdict) {
        let of = |severity| verdict.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        let mut explained = Vec::new();
        for diagnostic in of(Severity::Error).take(MOST_DIAGNOSTICS) {
            self.diagnostic(verdict, diagnostic, &mut explained);
        }
        let warnings = of(Severity::Warning).count();
        if warnings > 0 && verdict.kind != Kind::Passed {
            // A warning about a future that is never awaited is often the whole explanation.
            let mut told: Vec<&Diagnostic> =
                of(Severity::Warning).filter(|one| symptom(verdict, one).is_some()).collect();
            told.truncate(MOST_DIAGNOSTICS);
            told.into_iter().for_each(|diagnostic| self.diagnostic(verdict, diagnostic, &mut explained));
        }
    }

    fn diagnostic(&mut self, verdict: &Verdict, diagnostic: &Diagnostic, explained: &mut Vec<String>) {
        self.blank();
        let whole = diagnostic.trace.as_ref().filter(|_| self.setting.traces == Traces::Whole);
        let rendered = whole.unwrap_or(&diagnostic.rendered).trim_end().lines();
        self.lines.extend(rendered.map(|line| Line::plain(format!("  {}", line.replace('\t', "    ")))));
        self.whole_trace(diagnostic.trace.as_deref(), &diagnostic.rendered);
        if let Some(explanation) = symptom(verdict, diagnostic) {
            self.explanation(explanation, explained);
        }
    }

    /// Says what a message means and what to do, once for each.
    pub(super) fn explanation(&mut self, explanation: &Explanation, explained: &mut Vec<String>) {
        if explained.contains(&explanation.id) {
            return;
        }
        explained.push(explanation.id.clone());
        let language = self.setting.language;
        self.blank();
        for (head, text) in [(Judging::Meaning, &explanation.meaning), (Judging::Fix, &explanation.fix)] {
            let head = self.say(&head);
            let colon = if language == Language::Zh { "：" } else { ": " };
            let lines = wrapped(&format!("{head}{colon}{}", text.get(language)), 2, self.setting.width);
            self.lines.extend(lines.iter().map(|line| match line.strip_prefix(&format!("  {head}")) {
                Some(rest) => Line::of(Paint::Strong, format!("  {head}")).and(Paint::Plain, rest),
                None => Line::plain(line),
            }));
        }
        self.read_on(&explanation.section);
    }

    /// Points to a section of a lesson, if it is written.
    pub(super) fn read_on(&mut self, section: &str) {
        let exists = crate::course::section_parts(section)
            .is_some_and(|(lesson, _)| self.setting.course.lesson(lesson).is_some());
        if exists {
            let text = self.say(&Judging::ReadOn { section: section.to_owned() });
            self.text(2, &text);
        }
    }

    fn tests(&mut self, verdict: &Verdict) {
        if verdict.tests.is_empty() {
            return;
        }
        self.blank();
        for test in &verdict.tests {
            let line = if test.outcome == Outcome::Passed {
                Line::of(Paint::Good, "  ✓ ")
            } else {
                Line::of(Paint::Bad, "  ✗ ")
            };
            self.lines.push(line.and(Paint::Plain, &test.name));
        }
    }

    /// Whether it is the learner who writes the tests.
    pub(super) fn is_written(&self, verdict: &Verdict) -> bool {
        self.setting.exercise.tracks.get(&verdict.track).is_some_and(|files| files.subject().is_some())
    }

    fn criteria(&mut self, verdict: &Verdict) {
        if verdict.tests.is_empty() && verdict.faults.is_empty() {
            return;
        }
        self.blank();
        let head = self.say(&Judging::Criteria);
        self.lines.push(Line::plain(format!("  {head}")));
        let held = verdict.evidence();
        for criterion in &self.setting.course.criteria {
            if !self.setting.exercise.criteria.contains(&criterion.id) {
                continue;
            }
            let text = criterion.text.get(self.setting.language).to_owned();
            let text = self.say(&if held.contains(&criterion.id) {
                Judging::CriterionHeld { text }
            } else {
                Judging::CriterionMissing { text }
            });
            self.text(4, &text);
        }
    }

    fn timeline(&mut self, verdict: &Verdict, reference: Option<&Verdict>) {
        let Some(test) = telling_test(verdict) else { return };
        let own = rows_of(verdict, test);
        let other = reference.map(|reference| rows_of(reference, test)).unwrap_or_default();
        let titles = [Judging::You, Judging::Reference].map(|title| self.say(&title));
        let mut charts = vec![Chart { title: &titles[0], rows: &own }];
        if !other.is_empty() {
            charts.push(Chart { title: &titles[1], rows: &other });
        }
        self.blank();
        let head = self.say(&Judging::Timeline { test: test.to_owned() });
        self.lines.push(Line::plain(format!("  {head}")));
        self.lines.extend(chart::draw(&charts, Window::whole(&charts), MOST_ROWS, self.setting.width));
        let legend = self.say(&Judging::Legend);
        self.lines.push(Line::of(Paint::Faint, format!("  {legend}")));
    }
}

/// The exercise's message for a failed expectation, with the figures filled in.
pub fn message(failure: &Failure, exercise: &Exercise, language: Language) -> Option<String> {
    let text = exercise.messages.get(failure.message.as_ref()?)?.get(language);
    let [did, expected] = [&failure.did, &failure.expected].map(|value| value.as_deref().unwrap_or(""));
    Some(text.replace("{did}", did).replace("{expected}", expected))
}

fn symptom(verdict: &Verdict, diagnostic: &Diagnostic) -> Option<&'static Explanation> {
    // Some of what tells a case apart stands only in labels, which the rendered text has.
    let notes = diagnostic.notes.iter().chain([&diagnostic.rendered]).cloned().collect();
    let (code, text) = (diagnostic.code.clone(), diagnostic.message.clone());
    explain::explain(&Symptom { track: verdict.track, code, text, notes })
}
