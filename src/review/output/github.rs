//! Annotations of GitHub Actions: one `::error file=...::` line per finding.

use crate::course::Language;
use crate::review::finding::Severity;
use crate::review::report::Report;
use std::io::{self, Write};

/// Writes the report.
pub fn write(report: &Report, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Failure => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let place = &finding.place;
        let message = format!("{}. {}", finding.what(language), finding.rule().fix.get(language));
        writeln!(
            out,
            "::{command} file={},line={},endLine={},col={},title=awaitlings {}::{}",
            property(&place.file),
            place.line,
            place.end_line,
            place.column,
            finding.rule,
            data(&message)
        )?;
    }
    for problem in &report.problems {
        let (file, line, column) = (property(&problem.file), problem.line, problem.column);
        writeln!(out, "::warning file={file},line={line},col={column},title=awaitlings::{}", data(&problem.text))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
