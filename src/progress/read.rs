//! Between `progress.toml` and [`Progress`]: versions, migrations, and what counts as damaged.

use super::record::Progress;
use crate::workspace::{Position, Trouble, atomic};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

/// Brings the content of one version to the next. A pure function.
type Step = fn(toml::Table) -> toml::Table;

/// The steps from version 1 on: the first makes version 2 of version 1. There is only version 1 so far.
const STEPS: &[Step] = &[];

/// What was found at the file's place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// Nothing.
    Absent,
    /// Progress.
    Good(Progress),
    /// A file of a newer program, and what can be understood of it.
    Newer { version: i64, progress: Progress },
    /// A file that is no progress.
    Damaged(Damage),
    /// Something that cannot be read.
    Unreadable(Trouble),
}

/// What is wrong with a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It is no UTF-8 text.
    NotText,
    /// It does not begin as every progress file does, with a version of at least 1. An empty file is one of these.
    NoVersion,
    /// It is no TOML, or not of this form.
    Form {
        /// Where, if that is known.
        position: Option<Position>,
        /// The parser's words (English).
        message: String,
    },
}

#[derive(Deserialize)]
struct Head {
    version: Option<i64>,
}

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    progress: Progress,
}

#[derive(Serialize)]
struct FileRef<'p> {
    version: usize,
    #[serde(flatten)]
    progress: &'p Progress,
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Read {
    let bytes = match atomic::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Read::Absent,
        Err(error) => return Read::Unreadable(Trouble::from(&error)),
    };
    match str::from_utf8(&bytes) {
        Ok(text) => parse(text.strip_prefix('\u{feff}').unwrap_or(text), STEPS),
        Err(_) => Read::Damaged(Damage::NotText),
    }
}

/// The file's text.
pub(super) fn text(progress: &Progress) -> io::Result<String> {
    let file = FileRef { version: version_after(STEPS), progress };
    let body = toml::to_string(&file).map_err(io::Error::other)?;
    Ok(format!(
        "# What you have done in awaitlings. The program writes this file; deleting it loses your progress.\n{body}"
    ))
}

fn version_after(steps: &[Step]) -> usize {
    steps.len() + 1
}

fn parse(text: &str, steps: &[Step]) -> Read {
    let damaged = |error: toml::de::Error| {
        let position = error.span().map(|span| Position::of(text, span.start));
        let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        Read::Damaged(Damage::Form { position, message })
    };
    let version = match toml::from_str(text) {
        Ok(Head { version: Some(version) }) if version >= 1 => version,
        Ok(_) => return Read::Damaged(Damage::NoVersion),
        Err(error) => return damaged(error),
    };
    let done = usize::try_from(version).map_or(usize::MAX, |version| version - 1);
    match steps.get(done..) {
        None => {
            let progress = toml::from_str(text).map_or_else(|_| Progress::default(), |file: File| file.progress);
            Read::Newer { version, progress }
        }
        Some([]) => match toml::from_str(text) {
            Ok(File { progress }) => Read::Good(progress),
            Err(error) => damaged(error),
        },
        Some(steps) => {
            let upgraded = text.parse().map(|table| steps.iter().fold(table, |table, step| step(table)));
            match upgraded.and_then(toml::Table::try_into) {
                Ok(File { progress }) => Read::Good(progress),
                Err(error) => damaged(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Track;
    use crate::progress::matrix::tests::after;
    use crate::progress::{Outcome, State};

    fn some_progress() -> Progress {
        after(&[
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("await", Track::Python, Outcome::DidNotCompile, &[]),
            ("odd \"id\" 语", Track::Rust, Outcome::SetupProblem, &["no-blocking"]),
        ])
    }

    #[test]
    fn what_is_written_is_read_again() {
        for progress in [Progress::default(), some_progress()] {
            assert_eq!(parse(&text(&progress).unwrap(), STEPS), Read::Good(progress));
        }
    }

    #[test]
    fn the_file_is_as_it_is_described() {
        let mut progress = after(&[("first-await", Track::Rust, Outcome::Passed, &["patterns"])]);
        progress.exercises.get_mut("first-await").unwrap().get_mut(&Track::Rust).unwrap().hints_seen = 2;
        insta::assert_snapshot!(text(&progress).unwrap(), @r#"
        # What you have done in awaitlings. The program writes this file; deleting it loses your progress.
        version = 1

        [exercises.first-await.rust]
        attempts = 1
        hints_seen = 2
        first_passed = "2026-11-25T10:00:00Z"
        last_attempt = "2026-11-25T10:00:00Z"

        [exercises.first-await.rust.evidence.patterns]
        date = "2026-11-25T10:00:00Z"
        tests = ["patterns::holds"]

        [[exercises.first-await.rust.recent]]
        when = "2026-11-25T10:00:00Z"
        outcome = "passed"
        tests_passed = 1
        tests_total = 2
        duration_ms = 170
        content = "9f86d0"
        "#);
    }

    #[test]
    fn windows_line_endings_and_a_byte_order_mark_are_fine() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("progress.toml");
        let text = text(&some_progress()).unwrap();
        std::fs::write(&file, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        assert_eq!(read(&file), Read::Good(some_progress()));
    }

    #[test]
    fn keys_that_are_not_known_do_no_harm() {
        let text = "version = 1\nnew = 3\n[exercises.await.rust]\nattempts = 2\nmood = \"fine\"\n";
        let Read::Good(progress) = parse(text, STEPS) else { panic!("not good") };
        assert_eq!(progress.state("await", Track::Rust), State::Tried);
    }

    #[test]
    fn what_is_damaged_is_told_with_its_place() {
        for no_version in ["", "# only a comment\n", "version = 0\n", "version = -1\n", "[exercises]\n"] {
            assert_eq!(parse(no_version, STEPS), Read::Damaged(Damage::NoVersion), "{no_version:?}");
        }
        let place = |text: &str| match parse(text, STEPS) {
            Read::Damaged(Damage::Form { position: Some(Position { line, column }), .. }) => (line, column),
            other => panic!("{other:?}"),
        };
        assert_eq!(place("version = 1\n[exercises.await.ru"), (2, 20));
        assert_eq!(place("version = \"1\"\n"), (1, 11));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("progress.toml");
        std::fs::write(&file, b"version = 1\n# \xff\n").unwrap();
        assert_eq!(read(&file), Read::Damaged(Damage::NotText));
    }

    #[test]
    fn wrong_types_are_damage() {
        for body in ["exercises = 3", "[exercises.await.rust]\nattempts = -1", "[exercises.await.cobol]\nattempts = 1"]
        {
            let read = parse(&format!("version = 1\n{body}\n"), STEPS);
            assert!(matches!(read, Read::Damaged(Damage::Form { .. })), "{body}: {read:?}");
        }
    }

    #[test]
    fn every_cut_of_a_file_is_damaged_or_good_and_never_a_panic() {
        let whole = text(&some_progress()).unwrap();
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let read = parse(&whole[..end], STEPS);
            assert!(matches!(read, Read::Good(_) | Read::Damaged(_)), "{end}: {read:?}");
        }
    }

    #[test]
    fn an_older_file_is_brought_up_step_by_step_and_a_newer_one_is_not_touched() {
        fn renames_done(mut table: toml::Table) -> toml::Table {
            let old = table.remove("done").unwrap();
            table.insert("half".into(), old);
            table
        }
        fn renames_half(mut table: toml::Table) -> toml::Table {
            let old = table.remove("half").unwrap();
            table.insert("exercises".into(), old);
            table
        }
        let steps: &[Step] = &[renames_done, renames_half];
        for (version, key) in [(1, "done"), (2, "half"), (3, "exercises")] {
            let text = format!("version = {version}\n[{key}.await.rust]\nattempts = 7\n");
            let Read::Good(progress) = parse(&text, steps) else { panic!("version {version}") };
            assert_eq!(progress.of("await", Track::Rust).unwrap().attempts, 7);
        }
        let newer = "version = 4\n[exercises.await.rust]\nattempts = 7\n[exercises.await.future]\n";
        assert_eq!(parse(newer, steps), Read::Newer { version: 4, progress: Progress::default() });
        let newer = "version = 9223372036854775807\n[exercises.await.rust]\nattempts = 7\n";
        let Read::Newer { progress, .. } = parse(newer, steps) else { panic!("not newer") };
        assert_eq!(progress.of("await", Track::Rust).unwrap().attempts, 7);
    }
}
