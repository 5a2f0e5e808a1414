//! `--rules` and `--explain RULE`.

use crate::course::{Language, Track};
use crate::review::command::Format;
use crate::review::rule::{self, Rule};
use crate::review::texts::text;
use serde_json::json;
use std::io::{self, Write};

/// Prints the table of rules: for people, or as JSON.
pub fn list(language: Language, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let rules = rule::table().rules();
    if format == Format::Json {
        let all: Vec<_> = rules
            .iter()
            .map(|rule| {
                json!({
                    "rule": rule.id,
                    "criterion": rule.criterion,
                    "severity": rule.severity,
                    "languages": rule.tracks().collect::<Vec<_>>(),
                    "what": rule.what.get(language),
                    "why": rule.why.get(language),
                    "fix": rule.fix.get(language),
                    "section": rule.section,
                })
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return writeln!(out);
    }
    for rule in rules {
        let tracks: Vec<&str> = rule.tracks().map(Track::name).collect();
        let severity = text(rule.severity.name(), language, &[]);
        writeln!(out, "{:<22} {:<12} {severity:<8} {}", rule.id, rule.criterion.id(), tracks.join(", "))?;
        writeln!(out, "    {}", rule.what.get(language).replace("{subject}", "..."))?;
    }
    Ok(())
}

/// Explains a rule, with its examples.
pub fn explain(rule: &Rule, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let severity = text(rule.severity.name(), language, &[]);
    writeln!(out, "{} ({}, {severity})\n", rule.id, rule.criterion.id())?;
    writeln!(out, "{}\n", rule.what.get(language).replace("{subject}", "..."))?;
    writeln!(out, "{}: {}", text("why", language, &[]), rule.why.get(language))?;
    writeln!(out, "{}: {}", text("fix", language, &[]), rule.fix.get(language))?;
    writeln!(out, "{}: {}", text("lesson", language, &[]), rule.section)?;
    for track in rule.tracks() {
        if let Some(example) = rule.example(track) {
            for (word, code) in [("bad", &example.bad), ("good", &example.good)] {
                writeln!(out, "\n{} ({}):\n", text(word, language, &[]), track.name())?;
                for line in code.trim().lines() {
                    writeln!(out, "    {line}")?;
                }
            }
        }
    }
    Ok(())
}
