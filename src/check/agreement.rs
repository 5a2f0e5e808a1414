//! Checks that a text says the same in every language: the same headings, the same code.

use crate::course::{Course, Exercise, Language, Track};
use crate::lesson::{Block, Document, Inline};

/// The widest line of code in a lesson, in columns, so that it fits a terminal of 80 with its frame.
const WIDEST_CODE: usize = 76;

/// What is wrong with an exercise's texts.
pub(super) fn exercise(course: &Course, exercise: &Exercise) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(section) = &exercise.section {
        reasons.extend(section_exists(course, section).err().map(|what| format!("exercise.toml: section {what}")));
    }
    let mut first: Option<(Language, &crate::course::ExerciseText)> = None;
    for (&language, text) in &exercise.texts {
        for (id, section) in &text.sections {
            let document = Document::parse(section);
            reasons.extend(
                of_document(&document, Headings::Free)
                    .into_iter()
                    .map(|what| format!("{language}.md, {{#{id}}}: {what}")),
            );
            let other = first.and_then(|(other, text)| Some((other, text.sections.get(id)?)));
            if let Some((other, section)) = other {
                let differences = difference(&Document::parse(section), &document);
                reasons.extend(differences.map(|what| format!("{other}.md and {language}.md, {{#{id}}}: {what}")));
            } else if let Some((other, _)) = first {
                reasons.push(format!("{other}.md has no section {{#{id}}}, {language}.md has"));
            }
        }
        if let Some((other, text)) = first {
            let lost = text.sections.keys().filter(|id| !exercise.texts[&language].sections.contains_key(*id));
            reasons.extend(lost.map(|id| format!("{language}.md has no section {{#{id}}}, {other}.md has")));
        }
        first = first.or(Some((language, text)));
    }
    reasons
}

/// Whether a section reference leads somewhere. References into lessons that are not written yet are let pass.
pub(super) fn section_exists(course: &Course, reference: &str) -> Result<(), String> {
    let Some((lesson, section)) = crate::course::section_parts(reference) else {
        return Err(format!("`{reference}` is not of the form `basic-patterns#tasks`"));
    };
    let known = course.modules.iter().any(|module| module.id == lesson);
    match course.lesson(lesson) {
        None if known || lesson == "overview" => Ok(()),
        None => Err(format!("`{reference}` names no module of the course")),
        Some(lesson) => {
            let pages = lesson.pages.values().map(|page| Document::parse(&page.body));
            let mut found = pages.map(|page| page.headings().any(|heading| heading.id.as_deref() == Some(section)));
            if found.all(|found| found) { Ok(()) } else { Err(format!("`{reference}` is not in the lesson")) }
        }
    }
}

/// Whether headings must carry an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Headings {
    /// They may be without.
    Free,
    /// They must have one.
    Named,
}

/// What is wrong with one text by itself.
pub(super) fn of_document(document: &Document, headings: Headings) -> Vec<String> {
    let mut reasons = Vec::new();
    if headings == Headings::Named {
        let nameless = document.headings().filter(|heading| heading.id.is_none());
        reasons.extend(
            nameless.map(|heading| format!("line {}: the heading `{}` has no id", heading.line, heading.text())),
        );
    }
    for fence in document.fences() {
        for word in &fence.unknown {
            reasons.push(format!(
                "line {}: `{word}` is no mark of a code block; run, no-run, fails and sketch are",
                fence.line
            ));
        }
        if Track::from_name(&fence.language).is_some() {
            let wide = fence.text.lines().find(|line| unicode_width::UnicodeWidthStr::width(*line) > WIDEST_CODE);
            reasons
                .extend(wide.map(|line| format!("line {}: code wider than {WIDEST_CODE} columns: {line}", fence.line)));
        }
    }
    let stray = document.blocks.iter().any(|block| match block {
        Block::Paragraph(inlines) => inlines.iter().any(|inline| matches!(inline, Inline::Text(text, style) if text.contains("**") && *style == crate::lesson::Style::Text)),
        _ => false,
    });
    if stray {
        reasons.push("`**` stands in the text: in Chinese, leave punctuation outside of the marks".to_owned());
    }
    reasons
}

/// How two languages' texts differ in what must be the same.
pub(super) fn difference(first: &Document, second: &Document) -> Option<String> {
    let ids = |document: &Document| {
        document.headings().map(|heading| (heading.level, heading.id.clone())).collect::<Vec<_>>()
    };
    let (one, other) = (ids(first), ids(second));
    if one != other {
        let at = one.iter().zip(&other).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
        return Some(format!("the headings differ from the {}. on", at + 1));
    }
    let fences = |document: &Document| {
        document
            .fences()
            .map(|fence| (fence.language.clone(), fence.marks.clone(), fence.text.clone(), fence.line))
            .collect::<Vec<_>>()
    };
    let (one, other) = (fences(first), fences(second));
    let differs = one.iter().zip(&other).find(|(a, b)| (&a.0, &a.1, &a.2) != (&b.0, &b.1, &b.2));
    if let Some((a, b)) = differs {
        return Some(format!("the code blocks at lines {} and {} differ", a.3, b.3));
    }
    if one.len() != other.len() {
        return Some(format!("one has {} code blocks, the other {}", one.len(), other.len()));
    }
    if first.blocks.len() != second.blocks.len() {
        return Some(format!(
            "one has {} paragraphs and other blocks, the other {}; they are read side by side",
            first.blocks.len(),
            second.blocks.len()
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(first: &str, second: &str) -> Option<String> {
        difference(&Document::parse(first), &Document::parse(second))
    }

    #[test]
    fn the_same_headings_and_code_agree() {
        assert_eq!(between("# A {#a}\n\none\n\n```rust\nx\n```\n", "# 甲 {#a}\n\n一\n\n```rust\nx\n```\n"), None);
    }

    #[test]
    fn other_headings_code_or_paragraphs_do_not() {
        assert!(between("# A {#a}\n", "# B {#b}\n").unwrap().contains("headings"));
        assert!(between("```rust\nx\n```\n", "```rust\ny\n```\n").unwrap().contains("code blocks at lines 1 and 1"));
        assert!(between("one\n\ntwo\n", "一\n").unwrap().contains("side by side"));
    }

    #[test]
    fn code_that_is_too_wide_and_unknown_marks_are_found() {
        let text = format!("```rust rnu\n{}\n```\n", "x".repeat(WIDEST_CODE + 1));
        let reasons = of_document(&Document::parse(&text), Headings::Named);
        assert_eq!(reasons.len(), 2, "{reasons:?}");
    }
}
