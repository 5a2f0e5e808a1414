//! What the compiler says, from its JSON form (rustc book, "JSON output").

use crate::runner::output::harmless;
use serde::{Deserialize, Serialize};

/// The longest rendered text of one diagnostic that is kept, in characters.
const LONGEST: usize = 8_000;

/// How many diagnostics of one build are kept.
pub const MOST: usize = 50;

/// An error or a warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The compiler's code, such as `E0308`, or the lint's name.
    pub code: Option<String>,
    /// The primary message, in one line.
    pub message: String,
    /// The file, as the learner knows it.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Column, from 1.
    pub column: Option<u32>,
    /// Notes and helps, each in one line.
    pub notes: Vec<String>,
    /// The whole text as the compiler renders it; of a traceback the learner's own frames.
    pub rendered: String,
    /// The whole traceback, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// It is built all the same.
    Warning,
}

#[derive(Deserialize)]
struct Raw {
    message: String,
    code: Option<RawCode>,
    level: String,
    #[serde(default)]
    spans: Vec<RawSpan>,
    #[serde(default)]
    children: Vec<Raw>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct RawCode {
    code: String,
}

#[derive(Deserialize)]
struct RawSpan {
    file_name: String,
    line_start: u32,
    column_start: u32,
    is_primary: bool,
    label: Option<String>,
}

impl Diagnostic {
    /// An error that the runner, not the compiler, has found in the learner's file, at a line and a column.
    pub fn of_ours(what: &str, shown: &str, (line, column): (usize, usize)) -> Diagnostic {
        let shown = harmless(shown);
        let number = |number: usize| u32::try_from(number).ok();
        Diagnostic {
            severity: Severity::Error,
            code: None,
            message: what.to_owned(),
            line: number(line),
            column: number(column),
            notes: Vec::new(),
            rendered: format!("error: {what}\n --> {shown}:{line}:{column}\n"),
            trace: None,
            file: Some(shown),
        }
    }

    /// Reads one line of the compiler's error stream; none where it is not about the code.
    /// `compiled` is the path that was compiled, `shown` what the learner calls it.
    pub fn parse(line: &str, compiled: &str, shown: &str) -> Option<Diagnostic> {
        let raw: Raw = serde_json::from_str(line).ok()?;
        let severity = match raw.level.as_str() {
            "warning" => Severity::Warning,
            level if level.starts_with("error") => Severity::Error,
            _ => return None,
        };
        let summary = raw.message.starts_with("aborting due to") || raw.message.ends_with("warnings emitted");
        if summary || raw.message.ends_with("warning emitted") {
            return None;
        }
        let shown = harmless(shown);
        let clean = |text: &str| harmless(text).replace(compiled, &shown);
        let place = raw.spans.iter().find(|span| span.is_primary).or(raw.spans.first());
        let labels = raw.spans.iter().filter_map(|span| span.label.as_deref());
        let notes = raw.children.iter().map(|child| child.message.as_str()).chain(labels).map(clean).collect();
        let rendered = clean(raw.rendered.as_deref().unwrap_or(&raw.message));
        Some(Diagnostic {
            severity,
            code: raw.code.map(|code| code.code),
            message: clean(&raw.message),
            file: place.map(|span| clean(&span.file_name)),
            line: place.map(|span| span.line_start),
            column: place.map(|span| span.column_start),
            notes,
            trace: None,
            rendered: match rendered.char_indices().nth(LONGEST) {
                Some((end, _)) => format!("{} ...\n", &rendered[..end]),
                None => rendered,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"$message_type":"diagnostic","message":"mismatched types","code":{"code":"E0308","explanation":null},"level":"error","spans":[{"file_name":"crate/src/lib.rs","byte_start":1,"byte_end":2,"line_start":3,"line_end":3,"column_start":5,"column_end":9,"is_primary":true,"text":[],"label":"expected `u32`, found future","suggested_replacement":null,"suggestion_applicability":null,"expansion":null}],"children":[{"message":"calling an async function returns a future","code":null,"level":"note","spans":[],"children":[],"rendered":null}],"rendered":"error[E0308]: mismatched types\n --> crate/src/lib.rs:3:5\n\u001b[31m"}"#;

    #[test]
    fn a_diagnostic_names_the_learners_own_file() {
        let diagnostic = Diagnostic::parse(LINE, "crate/src/lib.rs", "exercises/a.rs").unwrap();
        assert_eq!(diagnostic.code.as_deref(), Some("E0308"));
        assert_eq!(diagnostic.file.as_deref(), Some("exercises/a.rs"));
        assert_eq!((diagnostic.line, diagnostic.column), (Some(3), Some(5)));
        assert_eq!(diagnostic.rendered, "error[E0308]: mismatched types\n --> exercises/a.rs:3:5\n");
        assert!(diagnostic.notes.contains(&"calling an async function returns a future".to_owned()));
    }

    #[test]
    fn summaries_and_other_lines_are_not_diagnostics() {
        assert_eq!(Diagnostic::parse("Compiling", "a", "b"), None);
        let summary = r#"{"message":"aborting due to 1 previous error","code":null,"level":"error","spans":[],"children":[],"rendered":""}"#;
        assert_eq!(Diagnostic::parse(summary, "a", "b"), None);
    }
}
