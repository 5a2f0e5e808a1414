//! For people: each finding with its line, a caret, why, fix and lesson section; then the verdicts.

use crate::course::Language;
use crate::review::finding::{Finding, Severity};
use crate::review::report::Report;
use crate::review::texts::text;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes the report.
pub fn write(report: &Report, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        one(report, finding, language, out)?;
    }
    for problem in &report.problems {
        let word = if problem.unread { text("problem", language, &[]) } else { text("warning", language, &[]) };
        writeln!(out, "{}:{}:{}: {word}: {}\n", problem.file, problem.line, problem.column, problem.text)?;
    }
    for criterion in &report.criteria {
        let verdict = text(criterion.verdict.key(), language, &[]);
        writeln!(out, "{:<12} {verdict}  {}", criterion.criterion.id(), criterion.criterion.title(language))?;
        for reason in &criterion.reasons {
            writeln!(out, "             - {}", reason.text(language))?;
        }
        writeln!(out, "             - {}", criterion.cannot_know.text(language))?;
    }
    let number = |count: usize| count.to_string();
    let failures = number(report.count(Severity::Failure));
    let warnings = number(report.count(Severity::Warning));
    let notes = number(report.count(Severity::Note));
    writeln!(out)?;
    let values = [("failures", failures.as_str()), ("warnings", &warnings), ("notes", &notes)];
    writeln!(out, "{}", text("counts", language, &values))?;
    let (files, lines) = (number(report.files), number(report.lines));
    let functions = number(report.facts.async_functions);
    let values = [("files", files.as_str()), ("lines", &lines), ("functions", &functions)];
    writeln!(out, "{}", text("looked-at", language, &values))?;
    for (key, count) in [("suppressed", report.suppressed), ("baseline-hidden", report.in_baseline)] {
        if count > 0 {
            writeln!(out, "{}", text(key, language, &[("count", &number(count))]))?;
        }
    }
    Ok(())
}

fn one(report: &Report, finding: &Finding, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let place = &finding.place;
    let rule = finding.rule();
    let severity = text(finding.severity.name(), language, &[]);
    let what = finding.what(language);
    writeln!(out, "{}:{}:{}: {severity}[{}]: {what}", place.file, place.line, place.column, finding.rule)?;
    if let Some(line) = report.excerpts.get(&(place.file.clone(), place.line)) {
        let number = place.line.to_string();
        let line = line.replace('\t', "    ");
        let shift = 3 * report.excerpts[&(place.file.clone(), place.line)]
            .chars()
            .take(place.column as usize - 1)
            .filter(|c| *c == '\t')
            .count();
        let start: String = line.chars().take(place.column as usize - 1 + shift).collect();
        let length = if place.end_line == place.line {
            place.end_column.saturating_sub(place.column) as usize
        } else {
            usize::MAX
        };
        let marked: String = line.chars().skip(start.chars().count()).take(length).collect();
        let carets = "^".repeat(marked.trim_end().width().max(1));
        writeln!(out, "{number} | {line}")?;
        writeln!(out, "{} | {}{carets}", " ".repeat(number.len()), " ".repeat(start.width()))?;
    }
    writeln!(out, "  {}: {}", text("why", language, &[]), rule.why.get(language))?;
    writeln!(out, "  {}: {}", text("fix", language, &[]), rule.fix.get(language))?;
    if let Some(original) = &finding.original {
        writeln!(out, "  {original}")?;
    }
    writeln!(out, "  {}: {}\n", text("lesson", language, &[]), rule.section)
}
