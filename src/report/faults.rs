//! What tests that the learner wrote made of each faulty build.

use super::verdict::Setting;
use super::{Line, Paint, wrapped};
use crate::runner::Verdict;
use crate::runner::verdict::{Fate, FaultReport};
use crate::wording::{Judging, Say};

/// A line for each fault, and under each that escaped what the course says of it. Nothing where no fault was judged.
pub(super) fn lines(verdict: &Verdict, setting: Setting<'_>) -> Vec<Line> {
    let language = setting.language;
    let plain = |text: &str, indent| wrapped(text, indent, setting.width).into_iter().map(Line::plain);
    if verdict.faults.is_empty() {
        return Vec::new();
    }
    if verdict.tests.is_empty() {
        return plain(&Judging::NoOwnTest { track: verdict.track }.say(language), 2).collect();
    }
    let mut lines = vec![Line::plain(format!("  {}", Judging::Faults.say(language)))];
    for FaultReport { fault, fate } in &verdict.faults {
        let (paint, mark) = if fate.is_caught() { (Paint::Good, "  ✓ ") } else { (Paint::Bad, "  ✗ ") };
        let mut told = wrapped(&words(fault, fate).say(language), 4, setting.width).into_iter();
        let first = told.next().unwrap_or_default();
        lines.push(Line::of(paint, mark).and(Paint::Plain, first.trim_start()));
        lines.extend(told.map(Line::plain));
        if let Some(text) = setting.exercise.faults.get(fault).filter(|_| !fate.is_caught()) {
            lines.extend(plain(text.get(language), 6));
        }
    }
    lines
}

fn words(fault: &str, fate: &Fate) -> Judging {
    let fault = fault.to_owned();
    match fate {
        Fate::Caught { by } => Judging::CaughtBy { fault, test: by.clone() },
        Fate::Hung { by, .. } => Judging::CaughtByHanging { fault, test: by.clone() },
        Fate::Crashed { by, .. } => Judging::CrashCatchesNothing { fault, test: by.clone() },
        Fate::Escaped => Judging::Escaped { fault },
    }
}
