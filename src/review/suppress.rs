//! `# awaitlings: allow(RULE) reason` and `// awaitlings: allow(RULE) reason`: on the line of the finding or alone above it.
//!
//! A suppression without a reason is not obeyed, and is told of.

use super::source::SourceFile;
use super::{Problem, Reading, rule};
use crate::course::{Language, Track};

/// What suppressions did.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    /// How many findings they took away.
    pub count: usize,
    /// Suppressions that are not obeyed.
    pub problems: Vec<Problem>,
}

struct Suppression {
    rules: Vec<String>,
    /// The line whose findings it allows.
    line: u32,
}

/// Takes the findings away that comments allow.
pub(super) fn apply(reading: &mut Reading) -> Allowed {
    let mut allowed = Allowed::default();
    for file in reading.files.iter().filter(|file| file.asked_for && file.text.contains("awaitlings:")) {
        let suppressions = suppressions(file, &mut allowed.problems);
        let before = reading.findings.len();
        reading.findings.retain(|finding| {
            finding.place.file != file.name
                || !suppressions.iter().any(|suppression| {
                    let covers = suppression.line >= finding.place.line && suppression.line <= finding.place.end_line;
                    covers && suppression.rules.iter().any(|rule| rule == finding.rule)
                })
        });
        allowed.count += before - reading.findings.len();
    }
    allowed
}

fn suppressions(file: &SourceFile, problems: &mut Vec<Problem>) -> Vec<Suppression> {
    let mark = if file.track == Track::Python { "#" } else { "//" };
    let mut found = Vec::new();
    let mut waiting: Vec<Vec<String>> = Vec::new();
    for (nth, line) in file.text.lines().enumerate() {
        let number = nth as u32 + 1;
        let comment = line.find("awaitlings:").filter(|at| line[..*at].trim_end().ends_with(mark));
        let Some(at) = comment else {
            if !line.trim().is_empty() && !line.trim_start().starts_with(mark) && !line.trim_start().starts_with("#[") {
                found.extend(waiting.drain(..).map(|rules| Suppression { rules, line: number }));
            }
            continue;
        };
        let rest = line[at + "awaitlings:".len()..].trim_start();
        let Some((inside, reason)) = rest.strip_prefix("allow(").and_then(|rest| rest.split_once(')')) else {
            continue;
        };
        let rules: Vec<String> = inside.split(',').map(|rule| rule.trim().to_owned()).collect();
        let column = line[..at].chars().count() as u32 + 1;
        let mut tell = |key: &str, rule: &str| {
            let text = super::texts::text(key, Language::En, &[("rule", rule)]);
            problems.push(Problem { file: file.name.clone(), line: number, column, text, unread: false });
        };
        for rule in &rules {
            if rule::table().find(rule).is_none() {
                tell("unknown-suppression", rule);
            }
        }
        if !reason.chars().any(char::is_alphanumeric) {
            tell("bad-suppression", inside);
            continue;
        }
        let alone = line[..at].trim().trim_end_matches(mark).trim().is_empty();
        if alone {
            waiting.push(rules);
        } else {
            found.push(Suppression { rules, line: number });
        }
    }
    found
}
