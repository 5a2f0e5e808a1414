//! The code of a finding, with the lines around it.

use super::finding::Finding;
use super::report::Report;
use std::ops::Range;

/// How many lines before and after a finding are kept.
pub(super) const AROUND: u32 = 3;

/// A line of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLine {
    /// Its number, from one.
    pub number: u32,
    /// Its text, without tabs and control characters.
    pub text: String,
    /// The characters of it that the finding is about.
    pub marked: Option<Range<usize>>,
}

impl Report {
    /// The line of a finding, and at most `around` lines before and after it; none where its file was not read.
    pub fn excerpt(&self, finding: &Finding, around: u32) -> Vec<CodeLine> {
        let place = &finding.place;
        let lines = place.line.saturating_sub(around)..=place.line.saturating_add(around);
        let known = lines.filter_map(|line| Some((line, self.excerpts.get(&(place.file.clone(), line))?)));
        let line = |(number, text): (u32, &String)| {
            let marked = (number == place.line).then(|| marked(finding, text));
            CodeLine { number, text: shown(text), marked }
        };
        known.map(line).collect()
    }
}

/// The text as it is shown: a tab is four columns.
fn shown(text: &str) -> String {
    let visible = |char: char| if char.is_control() { "\u{fffd}".to_owned() } else { char.to_string() };
    text.chars().map(|char| if char == '\t' { "    ".to_owned() } else { visible(char) }).collect()
}

/// What is marked of a finding's first line, in characters of the shown text.
fn marked(finding: &Finding, text: &str) -> Range<usize> {
    let place = &finding.place;
    let at =
        |column: u32| shown(&text.chars().take(column.saturating_sub(1) as usize).collect::<String>()).chars().count();
    let end = if place.end_line == place.line { at(place.end_column) } else { shown(text.trim_end()).chars().count() };
    let start = at(place.column);
    start..end.max(start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Track;
    use crate::review::{Place, Severity};

    #[test]
    fn the_lines_around_are_shown_and_the_mark_counts_tabs() {
        let place = Place { file: "a.rs".into(), line: 2, column: 2, end_line: 2, end_column: 7 };
        let finding = Finding {
            rule: "blocking-sleep",
            severity: Severity::Failure,
            track: Track::Rust,
            place,
            subject: String::new(),
            path: Vec::new(),
            original: None,
        };
        let lines = ["one", "\tsleep();", "three"];
        let excerpts = (1..).zip(lines).map(|(line, text)| (("a.rs".to_owned(), line), text.to_owned())).collect();
        let report = Report { excerpts, ..Report::default() };
        let code = |number, text: &str, marked| CodeLine { number, text: text.to_owned(), marked };
        assert_eq!(report.excerpt(&finding, 0), [code(2, "    sleep();", Some(4..9))]);
        let around = [code(1, "one", None), code(2, "    sleep();", Some(4..9)), code(3, "three", None)];
        assert_eq!(report.excerpt(&finding, 3), around);
    }
}
