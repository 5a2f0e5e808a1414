//! For programs. `version` grows when a field changes its meaning or goes away; new fields may come without that.

use crate::course::Language;
use crate::review::report::Report;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The version of the format.
pub const VERSION: u32 = 1;

/// Writes the report.
pub fn write(report: &Report, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let rule = finding.rule();
            json!({
                "rule": finding.rule,
                "criterion": rule.criterion,
                "severity": finding.severity,
                "language": finding.track,
                "file": finding.place.file,
                "line": finding.place.line,
                "column": finding.place.column,
                "end_line": finding.place.end_line,
                "end_column": finding.place.end_column,
                "subject": finding.subject,
                "path": finding.path,
                "what": finding.what(language),
                "why": rule.why.get(language),
                "fix": rule.fix.get(language),
                "section": rule.section,
                "original": finding.original,
            })
        })
        .collect();
    let criteria: Vec<Value> = report
        .criteria
        .iter()
        .map(|criterion| {
            json!({
                "criterion": criterion.criterion,
                "title": criterion.criterion.title(language),
                "verdict": criterion.verdict,
                "reasons": criterion.reasons.iter().map(|reason| reason.text(language)).collect::<Vec<_>>(),
                "cannot_know": criterion.cannot_know.text(language),
            })
        })
        .collect();
    let whole = json!({
        "version": VERSION,
        "criteria": criteria,
        "findings": findings,
        "problems": report.problems,
        "files": report.files,
        "lines": report.lines,
        "async_functions": report.facts.async_functions,
        "async_tests": report.facts.async_tests,
        "suppressed": report.suppressed,
        "in_baseline": report.in_baseline,
        "cargo": report.cargo.as_ref().map(|reason| reason.text(language)),
        "tests": report.tests,
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}
