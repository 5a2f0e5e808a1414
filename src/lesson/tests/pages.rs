//! What a learner sees, at the sizes of real terminals.

use super::{CHINESE, ENGLISH, both, one, shown, shown_with};
use crate::course::{Language, Track};
use crate::lesson::{Document, Glyphs, LayoutOptions, Markup, Style, layout};

#[test]
fn the_lesson_in_english() {
    insta::assert_snapshot!("en-40", shown(ENGLISH, 40));
    insta::assert_snapshot!("en-80", shown(ENGLISH, 80));
    insta::assert_snapshot!("en-120-both", shown_with(ENGLISH, &both(120)));
}

#[test]
fn the_lesson_in_chinese() {
    let chinese = |options| LayoutOptions { language: Language::Zh, ..options };
    insta::assert_snapshot!("zh-40", shown_with(CHINESE, &chinese(one(Track::Python, 40))));
    insta::assert_snapshot!("zh-80-both", shown_with(CHINESE, &chinese(both(80))));
    insta::assert_snapshot!("zh-120-both", shown_with(CHINESE, &chinese(both(120))));
}

#[test]
fn a_pipe_in_ascii_still_tells_code_from_text() {
    let options = LayoutOptions { glyphs: &Glyphs::ASCII, markup: Markup::Written, ..one(Track::Rust, 60) };
    insta::assert_snapshot!("en-60-ascii-written", shown_with(ENGLISH, &options));
}

#[test]
fn an_empty_document_has_no_lines() {
    assert_eq!(shown("", 80), "");
    assert_eq!(shown("```rust\n```", 80), "");
}

#[test]
fn numbers_stand_under_one_another_and_keep_their_start() {
    assert_eq!(shown("9. a\n10. b", 80), " 9. a\n10. b\n");
}

#[test]
fn loose_lists_have_room_and_code_in_items_has_too() {
    assert_eq!(shown("- a\n\n- b", 80), "• a\n\n• b\n");
    assert_eq!(shown("- a\n  ```text\n  b\n  ```\n- c", 80), "• a\n\n    b\n• c\n");
}

#[test]
fn a_hard_break_breaks_and_an_empty_item_keeps_its_bullet() {
    assert_eq!(shown("a\\\nb\n\n-\n- c", 80), "a\nb\n\n•\n• c\n");
}

#[test]
fn where_there_is_no_room_beside_a_bullet_text_goes_below_it() {
    assert_eq!(shown("10. word", 6), "10.\nword\n");
    assert_eq!(shown("> word", 5), "word\n");
}

#[test]
fn short_destinations_stand_in_the_text_and_long_ones_at_the_section_end() {
    let text = "[a](b#c), [d](https://example.org/a/long/way/to/go), [e](https://example.org/a/long/way/to/go), [f](#g).\n\n# H\n\n[i](https://example.org/another/long/way)";
    assert_eq!(
        shown(text, 40),
        "a (b#c), d[1], e[1], f.\n\n[1] https://example.org/a/long/way/to/go\n\n# H\n\ni[2]\n\n[2] https://example.org/another/long/way\n"
    );
}

#[test]
fn a_long_code_line_goes_on_below_a_mark() {
    assert_eq!(
        shown("```text\n    let guard = std::sync::Mutex::new(0).lock();\n```", 34),
        "      let guard = std::sync::Mutex\n      ↳ ::new(0).lock();\n"
    );
}

#[test]
fn only_the_readers_track_is_shown_and_the_other_one_is_named() {
    let example = "```rust\na\n```\n```python\nb\n```\n";
    assert_eq!(shown_with(example, &one(Track::Rust, 80)), "  a\n");
    assert_eq!(shown_with(example, &one(Track::Python, 80)), "  b\n");
    assert_eq!(shown_with("```python\nb\n```\n", &one(Track::Rust, 80)), "Python\n  b\n");
    assert_eq!(shown_with(example, &both(90)), "Rust\n  a\n\nPython\n  b\n");
    assert_eq!(shown_with(example, &both(91)).lines().next(), Some(format!("{:44} │ Python", "Rust").as_str()));
}

#[test]
fn lines_know_where_they_come_from() {
    let document = Document::parse("# A {#a}\n\ntext\n\n```text\nx\ny\n```\n\n## B {#b}\n");
    let lines = layout(&document, &LayoutOptions::default());
    let origins: Vec<_> = lines.iter().map(|line| (line.block, line.anchor.as_deref(), line.fence)).collect();
    assert_eq!(
        origins,
        [
            (0, Some("a"), None),
            (1, None, None),
            (1, None, None),
            (2, None, None),
            (2, None, Some(0)),
            (2, None, Some(0)),
            (3, None, None),
            (3, Some("b"), None),
        ]
    );
}

#[test]
fn a_quote_lends_its_meaning_to_its_text() {
    let lines = layout(&Document::parse("> a **b**"), &LayoutOptions::default());
    let spans: Vec<_> = lines[0].spans.iter().map(|span| (span.text.as_str(), span.style)).collect();
    assert_eq!(spans, [("▎ ", Style::Quote), ("a ", Style::Quote), ("b", Style::Strong)]);
}
