//! For people: each finding with its line, a caret, why, fix and lesson section; then the verdicts.

use crate::course::Language;
use crate::review::finding::Finding;
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
        let verdict = criterion.verdict.word(language);
        writeln!(out, "{:<12} {verdict}  {}", criterion.criterion.id(), criterion.criterion.title(language))?;
        for reason in &criterion.reasons {
            writeln!(out, "             - {}", reason.text(language))?;
        }
        writeln!(out, "             - {}", criterion.cannot_know.text(language))?;
    }
    writeln!(out)?;
    report.summary(language).iter().try_for_each(|sentence| writeln!(out, "{sentence}"))?;
    Ok(())
}

fn one(report: &Report, finding: &Finding, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let place = &finding.place;
    let rule = finding.rule();
    let severity = finding.severity.word(language);
    let what = finding.what(language);
    writeln!(out, "{}:{}:{}: {severity}[{}]: {what}", place.file, place.line, place.column, finding.rule)?;
    for line in report.excerpt(finding, 0) {
        let (number, marked) = (line.number.to_string(), line.marked.unwrap_or_default());
        let part = |from: usize, count: usize| line.text.chars().skip(from).take(count).collect::<String>().width();
        let (before, carets) = (" ".repeat(part(0, marked.start)), "^".repeat(part(marked.start, marked.len()).max(1)));
        writeln!(out, "{number} | {}", line.text)?;
        writeln!(out, "{} | {before}{carets}", " ".repeat(number.len()))?;
    }
    writeln!(out, "  {}: {}", text("why", language, &[]), rule.why.get(language))?;
    writeln!(out, "  {}: {}", text("fix", language, &[]), rule.fix.get(language))?;
    if let Some(original) = &finding.original {
        writeln!(out, "  {original}")?;
    }
    writeln!(out, "  {}: {}\n", text("lesson", language, &[]), rule.section)
}
