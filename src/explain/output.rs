//! Finding messages in what a test printed.

use super::catalogue;
use super::{Explanation, Place};
use crate::course::Track;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Bytes before a message in which a row's notes are looked for: a traceback with the source of its frames.
const BEFORE: usize = 8 * 1024;

/// The explanations of the messages in the output of a run (panics, tracebacks, warnings, reports of the test tool).
///
/// Each is given once, in the order in which the messages appear; those that often only follow from another fault
/// come last. Of several rows that fit one line only the most special one is given. Diagnostics of the Rust compiler
/// and of clippy are not looked for: [`super::explain`] knows their codes.
pub fn explain_output(track: Track, text: &str) -> Vec<&'static Explanation> {
    let catalogue = catalogue::of(track);
    let mut rows_by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, row) in catalogue.candidates(text) {
        if matches!(catalogue.row(row).place, Place::Compiler | Place::Linter) {
            continue;
        }
        let rows = rows_by_line.entry(start_of_line(text, at)).or_default();
        if let Err(place) = rows.binary_search(&row) {
            rows.insert(place, row);
        }
    }
    let mut found: Vec<&'static Explanation> = Vec::new();
    for (start, rows) in rows_by_line {
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let line = message(&text[start..end]).to_ascii_lowercase();
        let before = OnceCell::new();
        let first = rows
            .into_iter()
            .map(|row| catalogue.row(row))
            .find(|row| row.matcher.fits(None, &line, || before.get_or_init(|| lines_before(text, start))));
        found.extend(first.filter(|row| !found.iter().any(|known| known.id == row.id)));
    }
    found.sort_by_key(|row| row.consequence);
    found
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn lines_before(text: &str, start: usize) -> String {
    text[text.ceil_char_boundary(start.saturating_sub(BEFORE))..start].to_ascii_lowercase()
}

/// A line without the marks that test tools and exception groups put before a message: `E   ` and `  | `.
fn message(line: &str) -> &str {
    let mut line = line.trim();
    while let Some(rest) = line.strip_prefix("E  ").or_else(|| line.strip_prefix("| ")) {
        line = rest.trim_start();
    }
    line
}
