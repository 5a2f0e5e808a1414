//! From the learner's text to the reference, line by line.

use super::{Line, Paint};
use similar::{ChangeTag, TextDiff};

/// Lines of context around a difference.
const AROUND: usize = 3;

/// The lines that differ, with some around them: `-` is the learner's, `+` the reference's. None where nothing differs.
pub fn lines(own: &str, reference: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(own, reference);
    let mut lines = Vec::new();
    for (number, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if number > 0 {
            lines.push(Line::of(Paint::Faint, "  ..."));
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = crate::runner::output::harmless(change.value()).replace('\t', "    ");
            let text = text.trim_end();
            lines.push(match change.tag() {
                ChangeTag::Equal => Line::plain(format!("    {text}")),
                ChangeTag::Delete => Line::of(Paint::Bad, format!("  - {text}")),
                ChangeTag::Insert => Line::of(Paint::Good, format!("  + {text}")),
            });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_and_what_does_not_is_silent() {
        let shown: Vec<_> = lines("a\nb\nc\n", "a\nB\nc\n").iter().map(Line::text).collect();
        assert_eq!(shown, ["    a", "  - b", "  + B", "    c"]);
        assert_eq!(lines("same\n", "same\n"), []);
    }
}
