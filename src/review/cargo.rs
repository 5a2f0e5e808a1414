//! What rustc and clippy say, read from cargo's JSON and merged into our report.
//!
//! Cargo is asked only where the person wants it, since it executes build scripts.

use super::finding::{Finding, Place, Severity};
use crate::course::Track;
use serde::Deserialize;
use std::path::Path;
use std::process::{Command, Stdio};

/// The lints that speak about async code, and the rule of ours that each belongs to.
const LINTS: [(&str, &str); 10] = [
    ("clippy::await_holding_lock", "lock-across-await"),
    ("clippy::await_holding_refcell_ref", "lock-across-await"),
    ("clippy::await_holding_invalid_type", "lock-across-await"),
    ("clippy::let_underscore_future", "forgotten-await"),
    ("clippy::async_yields_async", "forgotten-await"),
    ("clippy::let_underscore_lock", "permit-dropped"),
    ("let_underscore_lock", "permit-dropped"),
    ("clippy::large_futures", "await-in-loop"),
    ("unused_must_use", "forgotten-await"),
    ("clippy::unused_async", "await-in-loop"),
];

/// The lints to ask clippy for, as its command line takes them.
pub const ASKED_FOR: [&str; 5] = [
    "clippy::await_holding_lock",
    "clippy::await_holding_refcell_ref",
    "clippy::let_underscore_future",
    "clippy::async_yields_async",
    "unused_must_use",
];

/// What clippy prints about the package that `path` lies in; none where there is no package, or cargo is missing.
pub fn ask(path: &Path) -> Option<String> {
    let start = path.canonicalize().ok()?;
    let package = start.ancestors().find(|folder| folder.join("Cargo.toml").is_file())?;
    let mut cargo = Command::new("cargo");
    cargo.args(["clippy", "--quiet", "--all-targets", "--message-format=json", "--"]).current_dir(package);
    cargo.args(ASKED_FOR.map(|lint| format!("-W{lint}"))).stdin(Stdio::null()).stderr(Stdio::null());
    Some(String::from_utf8_lossy(&cargo.output().ok()?.stdout).into_owned())
}

#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    message: String,
    code: Option<Code>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    line_end: u32,
    column_start: u32,
    column_end: u32,
    is_primary: bool,
}

/// The findings in what `cargo clippy --message-format=json` printed. Lines that are not such JSON are skipped.
pub fn findings(output: &str) -> Vec<Finding> {
    output.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()).filter_map(finding).collect()
}

fn finding(line: Line) -> Option<Finding> {
    let message = line.message.filter(|_| line.reason == "compiler-message")?;
    let code = message.code?.code;
    let (_, rule) = LINTS.iter().find(|(lint, _)| *lint == code)?;
    // `unused_must_use` speaks about results and futures alike; only futures are ours.
    if code == "unused_must_use" && !message.message.contains("uture") && !message.message.contains("async") {
        return None;
    }
    if matches!(code.as_str(), "clippy::large_futures" | "clippy::unused_async") {
        return None;
    }
    let span = message.spans.into_iter().find(|span| span.is_primary)?;
    let place = Place {
        file: span.file_name.replace('\\', "/"),
        line: span.line_start,
        column: span.column_start,
        end_line: span.line_end,
        end_column: span.column_end,
    };
    let rule = super::rule::table().find(rule)?;
    Some(Finding {
        rule: rule.id.as_str(),
        severity: rule.severity.min(Severity::Failure),
        track: Track::Rust,
        place,
        subject: code.clone(),
        path: Vec::new(),
        original: Some(format!("{code}: {}", message.message)),
    })
}

/// Adds cargo's findings that ours do not already tell at the same line.
pub fn merge(ours: &mut Vec<Finding>, cargo: Vec<Finding>) {
    for finding in cargo {
        let same = ours.iter_mut().find(|known| {
            known.rule == finding.rule
                && known.place.file == finding.place.file
                && known.place.line == finding.place.line
        });
        match same {
            Some(known) => known.original = finding.original,
            None => ours.push(finding),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_lint_and_merges_it() {
        let line = r#"{"reason":"compiler-message","message":{"message":"non-binding `let` on a future","code":{"code":"clippy::let_underscore_future"},"spans":[{"file_name":"src/main.rs","line_start":2,"line_end":2,"column_start":5,"column_end":9,"is_primary":true}]}}"#;
        let found = findings(line);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rule, found[0].place.line), ("forgotten-await", 2));
        let mut ours = found.clone();
        merge(&mut ours, found);
        assert_eq!(ours.len(), 1);
        assert!(findings("not json\n{}").is_empty());
    }
}
