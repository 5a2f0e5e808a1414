//! One lesson in two languages.

use super::{CHINESE, ENGLISH, both, one};
use crate::course::Track;
use crate::lesson::{Document, layout_pair, plain};

fn pair(first: &str, second: &str, width: usize) -> String {
    plain(&layout_pair(&Document::parse(first), &Document::parse(second), &one(Track::Rust, width)))
}

#[test]
fn the_lesson_in_both_languages() {
    insta::assert_snapshot!("pair-60", pair(ENGLISH, CHINESE, 60));
    let documents = (Document::parse(ENGLISH), Document::parse(CHINESE));
    insta::assert_snapshot!("pair-120-both", plain(&layout_pair(&documents.0, &documents.1, &both(120))));
}

#[test]
fn narrow_pairs_alternate_and_wide_ones_stand_side_by_side() {
    let (first, second) = ("one\n\ntwo\n", "一\n\n二\n");
    assert_eq!(pair(first, second, 90), "one\n\n一\n\ntwo\n\n二\n");
    let gap = " ".repeat(41);
    assert_eq!(pair(first, second, 91), format!("one{gap} │ 一\n\ntwo{gap} │ 二\n"));
}

#[test]
fn code_is_shown_once_unless_it_differs() {
    let code = "```text\nx\n```\n";
    assert_eq!(pair(code, code, 40), "  x\n");
    assert_eq!(pair(code, "```text\ny\n```\n", 40), "  x\n\n  y\n");
    assert_eq!(pair("---", "---", 5), "─────\n");
}

#[test]
fn destinations_are_shown_once_unless_they_differ() {
    let link = |text: &str, page: &str| format!("[{text}](https://example.org/a/long/way/{page})");
    assert_eq!(
        pair(&link("one", "x"), &link("一", "x"), 40),
        "one[1]\n\n一[1]\n\n[1] https://example.org/a/long/way/x\n"
    );
    assert_eq!(
        pair(&link("one", "x"), &link("一", "y"), 40),
        "one[1]\n\n一[1]\n\n[1] https://example.org/a/long/way/x\n\n[1] https://example.org/a/long/way/y\n"
    );
}

#[test]
fn a_missing_paragraph_moves_nothing_behind_the_next_heading_or_fence() {
    let first = "# A {#a}\none\n\ntwo\n\n```text\nx\n```\nthree\n\n# B {#b}\nfour\n";
    let second = "# 甲 {#a}\n一\n\n```text\nx\n```\n三\n\n# 乙 {#b}\n四\n";
    assert_eq!(
        pair(first, second, 40),
        "# A\n\n# 甲\n\none\n\n一\n\ntwo\n\n  x\n\nthree\n\n三\n\n# B\n\n# 乙\n\nfour\n\n四\n"
    );
}

#[test]
fn a_text_without_a_counterpart_is_shown_alone() {
    assert_eq!(pair("one", "", 40), "one\n");
    assert_eq!(pair("", "# 甲 {#a}\n一", 40), "# 甲\n\n一\n");
    assert_eq!(pair("", "一", 91), format!("{:44} │ 一\n", ""));
}

#[test]
fn the_items_of_lists_stand_beside_one_another() {
    let long = "word ".repeat(20);
    let shown = pair(&format!("- {long}\n- b"), "- 甲\n- 乙", 91);
    let last = shown.lines().last().expect("there are lines");
    assert_eq!(last, format!("• b{} │ • 乙", " ".repeat(41)));
}
