//! Loads lessons: the pages of each language, with their front matter.

use super::schema::{self, FrontMatter};
use super::{Language, Lesson, Page, Problem, Snapshot};
use std::collections::BTreeMap;

/// The mark around the front matter.
const FENCE: &str = "+++";

/// Loads the lesson of a file name, such as `01-basic-patterns.md`, in every language.
pub(super) fn lesson(
    snapshot: &Snapshot,
    name: &str,
    id: &str,
    languages: &[Language],
    problems: &mut Vec<Problem>,
) -> Option<Lesson> {
    let mut pages = BTreeMap::new();
    for &language in languages {
        let file = format!("lessons/{language}/{name}");
        match snapshot.text(&file) {
            None => problems.push(Problem::of_file(file, "is missing; every lesson exists in every language")),
            Some(text) => match text.and_then(|text| page(&file, &text)) {
                Ok(page) => drop(pages.insert(language, page)),
                Err(problem) => problems.push(problem),
            },
        }
    }
    (!pages.is_empty()).then(|| Lesson { id: id.to_owned(), pages })
}

fn page(file: &str, text: &str) -> Result<Page, Problem> {
    let no_front = || Problem::at_line(file, 1, "starts without front matter; begin with `+++`, title, summary, `+++`");
    let rest = text.strip_prefix(FENCE).and_then(|rest| rest.strip_prefix('\n')).ok_or_else(no_front)?;
    let end =
        rest.find("\n+++\n").ok_or_else(|| Problem::at_line(file, 1, "the front matter is not closed by `+++`"))?;
    let toml = &rest[..=end];
    let front: FrontMatter = schema::parse(file, toml, FENCE.len() + 1, text)?;
    let body = &rest[end + "\n+++\n".len()..];
    let before = text.len() - body.len();
    let body_line = text[..before].matches('\n').count() + 1;
    if body.trim().is_empty() {
        return Err(Problem::at_line(file, body_line, "has no text after the front matter"));
    }
    Ok(Page { file: file.to_owned(), title: front.title, summary: front.summary, body: body.to_owned(), body_line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_front_matter_and_a_body_that_knows_its_line() {
        let page = page("a.md", "+++\ntitle = \"T\"\nsummary = \"S\"\n+++\n\n# Hello\n").unwrap();
        assert_eq!((page.title.as_str(), page.summary.as_str(), page.body_line), ("T", "S", 5));
        assert_eq!(page.body, "\n# Hello\n");
    }

    #[test]
    fn a_mistake_in_the_front_matter_is_found_at_its_line() {
        let problem = page("a.md", "+++\ntitle = \"T\"\nsumary = \"S\"\n+++\n# Hello\n").unwrap_err();
        assert_eq!((problem.line, problem.column), (3, 1), "{problem}");
    }

    #[test]
    fn an_unclosed_front_matter_is_a_problem() {
        assert!(page("a.md", "+++\ntitle = \"T\"\n").unwrap_err().what.contains("not closed"));
    }
}
