//! What stands today is accepted: `--baseline FILE` hides the findings that the file names. Written with `--write-baseline`.
//!
//! A finding is known by its rule, its file and the text of its line, so that lines that move stay accepted.

use super::finding::Finding;
use super::report::Report;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Default, Serialize, Deserialize)]
struct Baseline {
    version: u32,
    finding: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Entry {
    rule: String,
    file: String,
    code: String,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum BaselineError {
    #[error("failed to read the baseline {path}: {source}; make one with `--write-baseline {path}`")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("failed to understand the baseline {path}: {text}; make it anew with `--write-baseline {path}`")]
    Parse { path: PathBuf, text: String },
    #[error("failed to write the baseline {path}: {source}; give a file in a folder that you may write to")]
    Write { path: PathBuf, source: std::io::Error },
}

fn entry(report: &Report, finding: &Finding) -> Entry {
    let code = report.excerpts.get(&(finding.place.file.clone(), finding.place.line));
    Entry {
        rule: finding.rule.to_owned(),
        file: finding.place.file.clone(),
        code: code.map(|line| line.trim().to_owned()).unwrap_or_default(),
    }
}

/// Takes the findings away that the baseline holds; each entry hides one.
pub(super) fn apply(report: &mut Report, path: &Path) -> Result<(), BaselineError> {
    let text = std::fs::read_to_string(path).map_err(|source| BaselineError::Read { path: path.to_owned(), source })?;
    let baseline: Baseline = serde_json::from_str(&text)
        .map_err(|error| BaselineError::Parse { path: path.to_owned(), text: error.to_string() })?;
    let mut open: BTreeMap<Entry, usize> = BTreeMap::new();
    for entry in baseline.finding {
        *open.entry(entry).or_default() += 1;
    }
    let entries: Vec<Entry> = report.findings.iter().map(|finding| entry(report, finding)).collect();
    let mut nth = 0;
    let before = report.findings.len();
    report.findings.retain(|_| {
        let left = open.get_mut(&entries[nth]).filter(|left| **left > 0);
        nth += 1;
        match left {
            Some(left) => {
                *left -= 1;
                false
            }
            None => true,
        }
    });
    report.in_baseline = before - report.findings.len();
    Ok(())
}

/// Writes the report's findings as a baseline.
pub(super) fn write(report: &Report, path: &Path) -> Result<(), BaselineError> {
    let finding = report.findings.iter().map(|finding| entry(report, finding)).collect();
    let text = serde_json::to_string_pretty(&Baseline { version: 1, finding }).unwrap_or_default();
    std::fs::write(path, text + "\n").map_err(|source| BaselineError::Write { path: path.to_owned(), source })
}
