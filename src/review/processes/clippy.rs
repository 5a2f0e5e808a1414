//! What rustc and clippy say, read from cargo's JSON and merged into our report. They know types, which reading does not.

use super::packages::{self, Place as BuildPlace};
use crate::course::Track;
use crate::review::Reading;
use crate::review::finding::{Finding, Place, Severity};
use crate::review::report::Reason;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The lints that speak about async code, the rule of ours that each belongs to, and what it weighs here.
const LINTS: [(&str, &str, Severity); 8] = [
    ("clippy::await_holding_lock", "lock-across-await", Severity::Failure),
    ("clippy::await_holding_refcell_ref", "lock-across-await", Severity::Failure),
    // What a project forbids by its own list need not be a lock.
    ("clippy::await_holding_invalid_type", "lock-across-await", Severity::Warning),
    ("clippy::let_underscore_future", "forgotten-await", Severity::Failure),
    // A block that gives a task's handle may mean it.
    ("clippy::async_yields_async", "forgotten-await", Severity::Note),
    ("clippy::let_underscore_lock", "permit-dropped", Severity::Failure),
    ("let_underscore_lock", "permit-dropped", Severity::Failure),
    ("unused_must_use", "forgotten-await", Severity::Failure),
];

/// What cargo said about all the packages that it was asked about.
#[derive(Debug, Clone, Default)]
pub struct CargoSaid {
    /// Per workspace: its folder, and the JSON lines.
    outputs: Vec<(PathBuf, String)>,
    /// How many packages cargo was asked about.
    pub packages: usize,
    /// Why it could not say everything; none where it could.
    pub obstacle: Option<Reason>,
}

impl CargoSaid {
    /// That cargo was asked, or why it could not say everything.
    pub(crate) fn reason(&self) -> Reason {
        self.obstacle.clone().unwrap_or_else(|| Reason::with("cargo-asked", "packages", self.packages))
    }
}

/// Asks about the packages of these files; nothing where they belong to none.
pub async fn ask(files: &[PathBuf], limit: Duration) -> Option<CargoSaid> {
    let mut said = CargoSaid::default();
    let workspaces = match packages::of(files, limit).await {
        Ok(workspaces) if workspaces.is_empty() => return None,
        Ok(workspaces) => workspaces,
        Err(obstacle) => return Some(CargoSaid { obstacle: Some(obstacle), ..said }),
    };
    for workspace in workspaces {
        said.packages += workspace.packages.len();
        match ask_workspace(&workspace, limit).await {
            Ok((output, obstacle)) => {
                said.outputs.push((workspace.root, output));
                said.obstacle = said.obstacle.or(obstacle);
            }
            Err(obstacle) => said.obstacle = said.obstacle.or(Some(obstacle)),
        }
    }
    Some(said)
}

async fn ask_workspace(workspace: &packages::Workspace, limit: Duration) -> Result<(String, Option<Reason>), Reason> {
    let place = BuildPlace::of(workspace).await.map_err(|error| packages::failed(error.to_string()))?;
    let mut args: Vec<String> =
        ["clippy", "--quiet", "--all-targets", "--keep-going", "--message-format=json"].map(str::to_owned).into();
    args.extend(workspace.packages.iter().flat_map(|id| ["--package".to_owned(), id.clone()]));
    // A lint that the project denies would keep the packages that need this one from being looked at.
    args.extend(["--".to_owned(), "--cap-lints=warn".to_owned()]);
    args.extend(LINTS.iter().map(|(lint, _, _)| format!("-W{lint}")));
    let args = args.into_iter().map(Into::into).collect();
    let mut child = packages::cargo(args, workspace.root.clone(), limit)?;
    child.env.push(("CARGO_TARGET_DIR", Some(place.target.clone().into())));
    let said = child.run().await.map_err(packages::failed)?;
    let obstacle = (!said.succeeded()).then(|| packages::complaint(&said, limit));
    Ok((said.stdout, obstacle))
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
    text: Vec<SpanText>,
}

#[derive(Deserialize)]
struct SpanText {
    text: String,
}

/// The findings in what cargo printed, about files that `names` has; lines that are not such JSON are skipped.
fn findings(root: &Path, output: &str, names: &BTreeMap<PathBuf, String>) -> Vec<Finding> {
    let lines = output.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    lines.filter_map(|line| finding(root, line, names)).collect()
}

fn finding(root: &Path, line: Line, names: &BTreeMap<PathBuf, String>) -> Option<Finding> {
    let message = line.message.filter(|_| line.reason == "compiler-message")?;
    let code = message.code?.code;
    let (_, rule, severity) = LINTS.iter().find(|(lint, _, _)| *lint == code)?;
    // This one speaks about results and futures alike; only futures are ours.
    if code == "unused_must_use" && !message.message.contains("Future") {
        return None;
    }
    let span = message.spans.into_iter().find(|span| span.is_primary)?;
    // A task's handle is a future too, and `let _ = spawn(..)` is how one lets a task go on purpose.
    if code == "clippy::let_underscore_future" && span.text.iter().any(|line| line.text.contains("spawn")) {
        return None;
    }
    let path = root.join(&span.file_name);
    let file = names.get(&std::fs::canonicalize(&path).unwrap_or(path))?.clone();
    let (line, column, end_line, end_column) = (span.line_start, span.column_start, span.line_end, span.column_end);
    let rule = crate::review::rule::table().get(rule);
    Some(Finding {
        rule: rule.id.as_str(),
        severity: rule.severity.min(*severity),
        track: Track::Rust,
        place: Place { file, line, column, end_line, end_column },
        subject: subject(&span.text, column, (line == end_line).then_some(end_column)),
        path: Vec::new(),
        original: Some(format!("{code}: {}", message.message)),
    })
}

/// The code that a message points at: the name in it that is called last, or its first line.
fn subject(text: &[SpanText], column: u32, end_column: Option<u32>) -> String {
    let Some(first) = text.first() else { return String::new() };
    let length = end_column.map_or(usize::MAX, |end| end.saturating_sub(column) as usize);
    first.text.chars().skip(column as usize - 1).take(length).collect::<String>().trim().to_owned()
}

/// Adds cargo's findings that ours do not already tell at the same line.
pub fn merge(reading: &mut Reading, said: &CargoSaid) {
    let asked_for = reading.files.iter().filter(|file| file.asked_for && file.track == Track::Rust);
    let real = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let names: BTreeMap<PathBuf, String> = asked_for.map(|file| (real(&file.path), file.name.clone())).collect();
    for (root, output) in &said.outputs {
        for finding in findings(root, output, &names) {
            let same = reading.findings.iter_mut().find(|known| {
                known.criterion() == finding.criterion()
                    && known.place.file == finding.place.file
                    && known.place.line == finding.place.line
            });
            match same {
                Some(known) => known.original = finding.original,
                None => reading.findings.push(finding),
            }
        }
    }
    reading.findings.sort_by(|one, other| (&one.place, one.rule).cmp(&(&other.place, other.rule)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"reason":"compiler-message","message":{"message":"non-binding `let` on a future","code":{"code":"clippy::let_underscore_future"},"spans":[{"file_name":"src/main.rs","line_start":2,"line_end":2,"column_start":5,"column_end":22,"is_primary":true,"text":[{"text":"    let _ = save(data);"}]}]}}"#;

    fn names() -> BTreeMap<PathBuf, String> {
        BTreeMap::from([(PathBuf::from("/nowhere/src/main.rs"), "src/main.rs".to_owned())])
    }

    #[test]
    fn a_lint_becomes_a_finding_of_the_rule_that_it_belongs_to() {
        let found = findings(Path::new("/nowhere"), LINE, &names());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rule, found[0].place.line), ("forgotten-await", 2));
        assert!(findings(Path::new("/nowhere"), "not json\n{}", &names()).is_empty());
        assert!(findings(Path::new("/elsewhere"), LINE, &names()).is_empty());
    }

    #[test]
    fn a_task_that_is_let_go_is_no_forgotten_future() {
        let spawned = LINE.replace("save(data)", "tokio::spawn(save(data))");
        assert!(findings(Path::new("/nowhere"), &spawned, &names()).is_empty());
    }
}
