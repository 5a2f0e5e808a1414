//! The first failure: what the solution did, what was expected, what it printed, and what that means.

use super::verdict::{Printer, Traces, message};
use super::{Line, Paint, chart, wrapped};
use crate::course::Track;
use crate::explain;
use crate::runner::timeline::{End, rows};
use crate::runner::verdict::{Crash, Failure, Hang};
use crate::runner::{Outcome, TestReport, Verdict};
use crate::wording::Judging;

/// How many lines of a test's output are shown.
const MOST_OUTPUT: usize = 24;

impl Printer<'_> {
    pub(super) fn failure(&mut self, verdict: &Verdict, test: &TestReport) {
        self.blank();
        self.lines.push(Line::of(Paint::Bad, "  ✗ ").and(Paint::Strong, &test.name));
        if self.is_written(verdict) {
            let text = self.say(&Judging::FailsOnReference);
            self.text(4, &text);
        }
        match &test.outcome {
            Outcome::Passed => {}
            Outcome::Failed { failure } => self.failed(verdict.track, failure),
            Outcome::Hung { hang } => self.hung(verdict.track, *hang, test),
            Outcome::Crashed { crash } => {
                let text = self.say(&crash_text(crash));
                self.text(4, &text);
            }
            Outcome::Tampered { what } => {
                let text = self.say(&Judging::Tampering { what: what.clone() });
                self.text(4, &text);
            }
        }
        self.output(test);
        let texts = match &test.outcome {
            Outcome::Failed { failure } => format!("{}\n{}", failure.text, test.output),
            _ => test.output.clone(),
        };
        let mut explained = Vec::new();
        for explanation in explain::explain_output(verdict.track, &texts).into_iter().take(2) {
            self.explanation(explanation, &mut explained);
        }
        if explained.is_empty()
            && let Some(section) = &self.setting.exercise.section
        {
            let section = section.clone();
            self.blank();
            self.read_on(&section);
        }
        let more = verdict.tests.iter().filter(|test| test.outcome != Outcome::Passed).count() - 1;
        if more > 0 {
            let text = self.say(&Judging::MoreTests { count: more });
            self.text(2, &text);
        }
    }

    /// Says how to see the rest of a traceback that is told in part.
    pub(super) fn whole_trace(&mut self, whole: Option<&str>, told: &str) {
        let command = match self.setting.traces {
            Traces::Own => format!("awaitlings run {} --trace", self.setting.exercise.id),
            Traces::OwnWithKey(key) => key.to_string(),
            Traces::Whole => return,
        };
        if whole.is_some_and(|whole| whole != told) {
            let text = self.say(&Judging::WholeTrace { command });
            let lines = wrapped(&text, 4, self.setting.width);
            self.lines.extend(lines.into_iter().map(|line| Line::of(Paint::Faint, line)));
        }
    }

    fn failed(&mut self, track: Track, failure: &Failure) {
        let whole = failure.trace.as_deref().filter(|_| self.setting.traces == Traces::Whole);
        match message(failure, self.setting.exercise, self.setting.language) {
            Some(message) => self.text(4, &message),
            None => {
                // A whole traceback follows, as it is: its lines are not broken.
                let text = if whole.is_some() { String::new() } else { failure.text.clone() };
                let text = self.say(&Judging::Unnamed { track, text });
                self.text(4, text.trim_end());
                self.whole_trace(failure.trace.as_deref(), &failure.text);
            }
        }
        self.figures(failure);
        let lines = whole.into_iter().flat_map(str::lines);
        self.lines.extend(lines.map(|line| Line::plain(format!("    {line}"))));
    }

    /// What the solution did and what was expected.
    fn figures(&mut self, failure: &Failure) {
        let (Some(did), Some(expected)) = (&failure.did, &failure.expected) else { return };
        let heads = [Judging::Did, Judging::Expected].map(|head| self.say(&head));
        let widest = heads.iter().map(|head| unicode_width::UnicodeWidthStr::width(head.as_str())).max().unwrap_or(0);
        for (head, (value, paint)) in heads.iter().zip([(did, Paint::Bad), (expected, Paint::Good)]) {
            let pad = " ".repeat(widest - unicode_width::UnicodeWidthStr::width(head.as_str()));
            self.lines.push(Line::plain(format!("      {head}{pad}  ")).and(paint, value));
        }
    }

    fn hung(&mut self, track: Track, hang: Hang, test: &TestReport) {
        let text = self.say(&match hang {
            Hang::NeverWoken => Judging::NeverWoken,
            Hang::Waiting => Judging::Waiting,
            Hang::Busy => Judging::Busy,
            Hang::RuntimeStillRunning => Judging::RuntimeStillRunning { track },
            Hang::Compiling => Judging::CompilerBusy,
        });
        self.text(4, &text);
        let rows = rows(&test.timeline);
        let last = rows.iter().rev().find(|row| row.end == End::Open);
        let text = self.say(&match last {
            Some(row) => Judging::StillOpen { label: row.label.clone(), since: chart::duration(row.from_us) },
            None if test.timeline.is_empty() => Judging::NothingRecorded,
            None => return,
        });
        self.text(4, &text);
    }

    fn output(&mut self, test: &TestReport) {
        let lines: Vec<&str> = test.output.lines().filter(|line| !line.trim().is_empty()).collect();
        // The message says the same, in the learner's language.
        let told = matches!(&test.outcome, Outcome::Failed { failure } if failure.message.is_some());
        let shown: Vec<&&str> = lines.iter().filter(|_| !told || lines.len() > 2).take(MOST_OUTPUT).collect();
        if shown.is_empty() {
            return;
        }
        let head = self.say(&Judging::Printed);
        self.lines.push(Line::of(Paint::Faint, format!("    {head}:")));
        for line in shown {
            let cut: String = line.chars().take(self.setting.width.saturating_sub(8).max(20)).collect();
            self.lines.push(Line::of(Paint::Faint, format!("      {}", cut.replace('\t', "    "))));
        }
    }
}

fn crash_text(crash: &Crash) -> Judging {
    match crash {
        Crash::EndedEarly { code } => Judging::EndedEarly { code: *code },
        Crash::Signal { signal } => Judging::Signal { signal: *signal },
        Crash::StackOverflow => Judging::StackOverflow,
        Crash::OutOfMemory => Judging::OutOfMemory,
        Crash::Flooded => Judging::Flooded,
    }
}
