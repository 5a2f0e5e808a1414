//! Cuts an exercise's markdown into its sections by the ids of its headings.

use super::{ExerciseText, Problem};
use std::collections::BTreeMap;

/// The sections that every exercise must have, for every track that it exists in.
pub(super) const REQUIRED: [&str; 5] = ["task", "hint-1", "hint-2", "hint-3", "why"];

/// Whether it has been said why some text belongs to no section.
#[derive(PartialEq, Eq)]
enum Stray {
    Untold,
    Told,
}

/// Cuts `text` at its top headings, which carry ids: `# Task {#task}`.
pub(super) fn cut(file: &str, text: &str, problems: &mut Vec<Problem>) -> ExerciseText {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<String> = None;
    let mut fence: Option<&str> = None;
    let mut stray = Stray::Untold;
    for (index, line) in text.lines().enumerate() {
        let marker = line.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|fence| marker.starts_with(fence));
        match (fence, marker) {
            (None, Some(opened)) => fence = Some(opened),
            (Some(open), Some(closed)) if open == closed => fence = None,
            _ => {}
        }
        if fence.is_none() && line.starts_with("# ") {
            match heading_id(line) {
                Some(id) if sections.contains_key(id) => {
                    problems.push(Problem::at_line(file, index + 1, format!("there are two sections `{{#{id}}}`")));
                }
                Some(id) => {
                    sections.insert(id.to_owned(), String::new());
                    current = Some(id.to_owned());
                    continue;
                }
                None => {
                    let what = "the heading has no id; write it as `# Task {#task}`";
                    problems.push(Problem::at_line(file, index + 1, what));
                    stray = Stray::Told;
                    current = None;
                    continue;
                }
            }
        }
        match current.as_ref().and_then(|id| sections.get_mut(id)) {
            Some(section) => {
                section.push_str(line);
                section.push('\n');
            }
            None if line.trim().is_empty() || stray == Stray::Told => {}
            None => {
                problems.push(Problem::at_line(file, index + 1, "text before the first heading `# Task {#task}`"));
                stray = Stray::Told;
            }
        }
    }
    sections.values_mut().for_each(|section| *section = section.trim_matches('\n').to_owned());
    ExerciseText { sections }
}

/// The id of a heading that ends in `{#id}`.
fn heading_id(line: &str) -> Option<&str> {
    let (_, attribute) = line.trim_end().rsplit_once("{#")?;
    attribute.strip_suffix('}').filter(|id| super::name::is_id(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_end_where_the_next_begins_and_fences_hide_headings() {
        let mut problems = Vec::new();
        let text = "# Task {#task}\n\nDo it.\n\n```python\n# not a heading\n```\n\n# Hint {#hint-1}\nLook.\n";
        let cut = cut("en.md", text, &mut problems);
        assert_eq!(problems, []);
        assert_eq!(cut.sections["task"], "Do it.\n\n```python\n# not a heading\n```");
        assert_eq!(cut.sections["hint-1"], "Look.");
    }

    #[test]
    fn a_heading_without_id_and_a_second_one_of_the_same_id_are_problems() {
        let mut problems = Vec::new();
        cut("en.md", "# Task\n\n# A {#a}\n\n# B {#a}\n", &mut problems);
        assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [1, 5]);
    }
}
