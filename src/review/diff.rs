//! `--diff REV`: only findings on lines that differ from a revision, as `git diff` tells.

use super::report::Report;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why the changed lines are not known.
#[derive(Debug, thiserror::Error)]
pub(super) enum DiffError {
    #[error("failed to start git: {0}; install git, or leave out `--diff`")]
    Start(std::io::Error),
    #[error("git could not compare with {revision}: {text}; give a revision that `git diff` knows")]
    Git { revision: String, text: String },
}

/// Changed lines per file, by the file's real path.
type Changed = BTreeMap<PathBuf, Vec<RangeInclusive<u32>>>;

/// Keeps only what the lines changed since `revision` say.
pub(super) fn apply(report: &mut Report, revision: &str, paths: &[PathBuf]) -> Result<(), DiffError> {
    let folder = paths.first().map(PathBuf::as_path).unwrap_or(Path::new("."));
    let folder = if folder.is_dir() { folder } else { folder.parent().unwrap_or(Path::new(".")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let top = git(folder, &["rev-parse", "--show-toplevel"], revision)?;
    let text = git(
        folder,
        &["diff", "--unified=0", "--no-color", "--no-ext-diff", "--end-of-options", revision, "--"],
        revision,
    )?;
    let untracked = git(folder, &["ls-files", "--others", "--exclude-standard", "--full-name"], revision)?;
    let top = Path::new(top.trim());
    let mut changed = parse(&text, top);
    for file in untracked.lines() {
        changed.insert(top.join(file), vec![1..=u32::MAX]);
    }
    report.findings.retain(|finding| {
        let path = std::fs::canonicalize(&finding.place.file).unwrap_or_else(|_| finding.place.file.clone().into());
        let lines = changed.get(&path);
        lines.is_some_and(|lines| {
            lines.iter().any(|range| *range.start() <= finding.place.end_line && finding.place.line <= *range.end())
        })
    });
    Ok(())
}

fn git(folder: &Path, arguments: &[&str], revision: &str) -> Result<String, DiffError> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().map_err(DiffError::Start)?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("it said nothing").to_owned();
        return Err(DiffError::Git { revision: revision.to_owned(), text });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn parse(text: &str, top: &Path) -> Changed {
    let mut changed = Changed::new();
    let mut file = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("+++ ") {
            file = name.strip_prefix("b/").map(|name| top.join(name));
        } else if let (Some(rest), Some(file)) = (line.strip_prefix("@@ "), &file)
            && let Some(added) = rest.split(' ').find_map(|part| part.strip_prefix('+'))
        {
            let (start, count) = added.split_once(',').unwrap_or((added, "1"));
            let (start, count) = (start.parse().unwrap_or(1), count.parse().unwrap_or(1u32));
            if count > 0 {
                changed.entry(file.clone()).or_default().push(start..=start + count - 1);
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_added_lines_of_a_diff() {
        let text = "--- a/x.py\n+++ b/x.py\n@@ -1 +1,2 @@\n-a\n+b\n+c\n@@ -9,2 +10,0 @@\n@@ -20 +19 @@\n";
        let changed = parse(text, Path::new("/top"));
        assert_eq!(changed[Path::new("/top/x.py")], vec![1..=2, 19..=19]);
    }
}
