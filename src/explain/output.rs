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

#[cfg(test)]
mod tests {
    use super::{explain_output, message};
    use crate::course::Track;

    fn ids(track: Track, text: &str) -> Vec<&'static str> {
        explain_output(track, text).into_iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn each_row_is_given_once_in_the_order_of_appearance() {
        let text = "RuntimeError: Lock is not acquired.\n\
                    RuntimeError: no running event loop\n\
                    RuntimeError: Lock is not acquired.\n";
        assert_eq!(ids(Track::Python, text), ["lock-not-acquired", "no-running-loop"]);
    }

    #[test]
    fn what_only_follows_from_another_fault_comes_last() {
        let text = "solution.py:7: RuntimeWarning: coroutine 'fetch' was never awaited\n\
                    TypeError: object list can't be used in 'await' expression\n";
        assert_eq!(ids(Track::Python, text), ["await-on-list", "coroutine-never-awaited"]);
    }

    #[test]
    fn a_special_row_hides_the_general_one_of_the_same_line() {
        let text = "TypeError: object NoneType can't be used in 'await' expression";
        assert_eq!(ids(Track::Python, text), ["await-on-none"]);
        let other = "TypeError: object Response can't be used in 'await' expression";
        assert_eq!(ids(Track::Python, other), ["await-on-plain-value"]);
    }

    #[test]
    fn a_condition_on_the_lines_before_looks_at_those_lines_only() {
        let fault = "TypeError: unhashable type: 'list'\n";
        assert_eq!(ids(Track::Python, &format!("    await asyncio.gather(pages)\n{fault}")), ["gather-given-a-list"]);
        assert_eq!(ids(Track::Python, &format!("{fault}    await asyncio.gather(pages)\n")), Vec::<&str>::new());
    }

    #[test]
    fn marks_of_test_tools_and_groups_do_not_hide_a_message() {
        assert_eq!(message("E           TimeoutError"), "TimeoutError");
        assert_eq!(message("    |   | TimeoutError  "), "TimeoutError");
        assert_eq!(message("Error: E"), "Error: E");
    }

    #[test]
    fn text_that_is_not_ascii_is_no_obstacle() {
        let text = format!("{}\nRuntimeError: no running event loop — 循环", "输出".repeat(5_000));
        assert_eq!(ids(Track::Python, &text), ["no-running-loop"]);
        assert_eq!(ids(Track::Python, &format!("{text}\nTypeError: unhashable type: 'list'")), ["no-running-loop"]);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!(ids(Track::Rust, ""), Vec::<&str>::new());
    }
}
