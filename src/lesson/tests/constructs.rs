//! What markdown becomes.

use crate::lesson::{Alignment, Block, Document, Inline, Mark, Style};

fn only(markdown: &str) -> Block {
    let mut blocks = Document::parse(markdown).blocks;
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    blocks.remove(0)
}

fn text(text: &str, style: Style) -> Inline {
    Inline::Text(text.to_owned(), style)
}

fn paragraph(markdown: &str) -> Vec<Inline> {
    match only(markdown) {
        Block::Paragraph(inlines) => inlines,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_heading_has_level_id_text_and_line() {
    let document = Document::parse_from("text\n\n## The `select!` macro {#select}\n\n### No id", 11);
    let headings: Vec<_> = document
        .headings()
        .map(|heading| (heading.level, heading.id.as_deref(), heading.text(), heading.line))
        .collect();
    assert_eq!(headings, [(2, Some("select"), "The select! macro".to_owned(), 13), (3, None, "No id".to_owned(), 15)]);
}

#[test]
fn running_text_has_meanings() {
    assert_eq!(
        paragraph("a *b* **c** ***d*** ~~e~~ `f  g`"),
        [
            text("a ", Style::Text),
            text("b", Style::Emphasis),
            text(" ", Style::Text),
            text("c", Style::Strong),
            text(" ", Style::Text),
            text("d", Style::StrongEmphasis),
            text(" ", Style::Text),
            text("e", Style::Struck),
            text(" ", Style::Text),
            text("f  g", Style::Code),
        ]
    );
}

#[test]
fn a_link_keeps_its_destination_unless_the_text_is_the_destination() {
    assert_eq!(paragraph("[a](b#c)"), [text("a", Style::Link), Inline::Url("b#c".to_owned())]);
    assert_eq!(paragraph("<https://a.b>"), [text("https://a.b", Style::Link)]);
    assert_eq!(paragraph("<me@a.b>"), [text("me@a.b", Style::Link)]);
    assert_eq!(
        paragraph("![a `b`](c)"),
        [text("a", Style::Link), text(" ", Style::Text), text("b", Style::Code), Inline::Url("c".to_owned())]
    );
}

#[test]
fn a_line_end_is_a_space_only_where_the_script_has_spaces() {
    assert_eq!(paragraph("one\ntwo"), [text("one two", Style::Text)]);
    assert_eq!(paragraph("并发\n控制"), [text("并发控制", Style::Text)]);
    assert_eq!(paragraph("并发，\nRust"), [text("并发，Rust", Style::Text)]);
    assert_eq!(paragraph("用\nRust"), [text("用 Rust", Style::Text)]);
    assert_eq!(
        paragraph("one\\\ntwo<br>three"),
        [text("one", Style::Text), Inline::Break, text("two", Style::Text), Inline::Break, text("three", Style::Text)]
    );
}

#[test]
fn a_fence_has_language_marks_text_and_line() {
    let document = Document::parse_from("- item\n\n  ```rust run,no-run odd\n  a\n    b\n  ```\n\n      c\n", 5);
    let fences: Vec<_> = document.fences().collect();
    assert_eq!(fences.len(), 2);
    assert_eq!((fences[0].language.as_str(), fences[0].text.as_str()), ("rust", "a\n  b\n"));
    assert_eq!((fences[0].index, fences[0].line), (0, 7));
    assert_eq!(fences[0].marks, [Mark::Run, Mark::NoRun]);
    assert!(fences[0].has(Mark::Run) && !fences[0].has(Mark::Fails));
    assert_eq!(fences[0].unknown, ["odd"]);
    assert_eq!((fences[1].language.as_str(), fences[1].text.as_str(), fences[1].line), ("", "c\n", 11));
}

#[test]
fn rust_directly_followed_by_python_is_one_example() {
    let document = Document::parse(
        "```rust\na\n```\n```python\nb\n```\n```python\nc\n```\n```rust\nd\n```\ntext\n```python\ne\n```",
    );
    let kinds: Vec<_> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Example { rust, python } => format!("{}{}", rust.text.trim(), python.text.trim()),
            Block::Code(fence) => fence.text.trim().to_owned(),
            _ => "text".to_owned(),
        })
        .collect();
    assert_eq!(kinds, ["ab", "c", "d", "text", "e"]);
    assert_eq!(document.fences().map(|fence| fence.index).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
}

#[test]
fn a_list_has_its_start_and_its_items_blocks() {
    let Block::List(list) = only("3. a\n4. b\n   - c\n   - d") else { panic!() };
    assert_eq!((list.start, list.loose, list.items.len()), (Some(3), false, 2));
    assert!(matches!(&list.items[1][..], [Block::Paragraph(_), Block::List(inner)] if inner.items.len() == 2));
    let Block::List(list) = only("- a\n\n- b") else { panic!() };
    assert!(list.loose && list.start.is_none());
}

#[test]
fn a_table_has_alignments_and_full_rows() {
    let Block::Table(table) = only("| a | b | c |\n|---|:-:|--:|\n| `d|e` |\n") else { panic!() };
    assert_eq!(table.alignments, [Alignment::Left, Alignment::Center, Alignment::Right]);
    assert_eq!(table.head.len(), 3);
    assert_eq!(table.rows[0].len(), 3);
}

#[test]
fn quotes_rules_and_html_are_blocks() {
    assert_eq!(only("> a"), Block::Quote(vec![Block::Paragraph(vec![text("a", Style::Text)])]));
    assert_eq!(only("***"), Block::Rule);
    assert_eq!(
        only("<div>\na</div>"),
        Block::Paragraph(vec![text("<div>", Style::Text), Inline::Break, text("a</div>", Style::Text)])
    );
    assert_eq!(Document::parse("<!-- nobody sees this -->").blocks, []);
}

#[test]
fn a_section_goes_up_to_the_next_heading_of_its_level() {
    let document = Document::parse("# A {#a}\n## B {#b}\n```rust\nx\n```\n### C {#c}\ntext\n## D {#d}\n");
    let section = document.section("b").expect("there is a heading b");
    assert_eq!(section.headings().map(|heading| heading.text()).collect::<Vec<_>>(), ["B", "C"]);
    assert_eq!(document.section("d").expect("there is a heading d").blocks.len(), 1);
    assert_eq!(document.section("a").expect("there is a heading a"), document);
    assert_eq!(document.section("e"), None);
}

#[test]
fn nesting_without_bound_is_cut_and_nothing_in_it_is_lost() {
    let deep = format!("{}the end", "> ".repeat(5_000));
    assert!(super::shown(&deep, 80).contains("the end"));
    let deep = (0..200).map(|depth| format!("{}- item{depth}\n", "  ".repeat(depth))).collect::<String>();
    let shown = super::shown(&deep, 80);
    for depth in 0..200 {
        assert!(shown.contains(&format!("item{depth}\n")), "{depth}");
    }
}
