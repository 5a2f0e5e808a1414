//! SARIF 2.1.0, for code scanning services and editors.

use crate::course::Language;
use crate::review::finding::Severity;
use crate::review::report::Report;
use crate::review::rule::{self, Rule};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the report.
pub fn write(report: &Report, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = rule::table().rules().iter().map(|rule| descriptor(rule, language)).collect();
    let index = |id: &str| rule::table().rules().iter().position(|rule| rule.id == id);
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let place = &finding.place;
            json!({
                "ruleId": finding.rule,
                "ruleIndex": index(finding.rule),
                "level": level(finding.severity),
                "message": { "text": format!("{}. {}", finding.what(language), finding.rule().fix.get(language)) },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(&place.file) },
                        "region": {
                            "startLine": place.line,
                            "startColumn": place.column,
                            "endLine": place.end_line,
                            "endColumn": place.end_column,
                        },
                    },
                }],
            })
        })
        .collect();
    let notifications: Vec<Value> = report
        .problems
        .iter()
        .map(|problem| {
            json!({
                "level": "error",
                "message": { "text": problem.text },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(&problem.file) },
                        "region": { "startLine": problem.line, "startColumn": problem.column },
                    },
                }],
            })
        })
        .collect();
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "awaitlings",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notifications }],
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn descriptor(rule: &Rule, language: Language) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.why.get(language) },
        "help": { "text": rule.fix.get(language) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "criterion": rule.criterion, "section": rule.section },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Failure => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a relative URI reference: everything but letters, digits and a few marks is percent-encoded.
fn uri(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b'+' => text.push(byte.into()),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uri_references() {
        assert_eq!(super::uri("src/a b/路.py"), "src/a%20b/%E8%B7%AF.py");
    }
}
