//! Colours and tokens.

use crate::lesson::{
    Document, Highlights, LayoutOptions, Line, Palette, Style, Token, ansi, highlight, layout, layout_pair, plain,
};

fn lines(markdown: &str, width: usize) -> Vec<Line> {
    layout(&Document::parse(markdown), &LayoutOptions { width, ..LayoutOptions::default() })
}

/// The words of `code` with what they are.
fn tokens(code: &str, language: &str) -> Vec<(String, Token)> {
    let mut start = 0;
    let mut words = Vec::new();
    for (end, token) in highlight(code, language) {
        words.push((code[start..end].trim().to_owned(), token));
        start = end;
    }
    words.retain(|(word, token)| !word.is_empty() && *token != Token::Plain);
    words
}

fn known(words: &[(&str, Token)]) -> Vec<(String, Token)> {
    words.iter().map(|&(word, token)| (word.to_owned(), token)).collect()
}

#[test]
fn rust_has_its_tokens_and_the_keywords_of_async() {
    assert_eq!(
        tokens("async fn f(x: u8) -> bool {\n    g(\"s\").await?; // c\n    println!(1.5)\n}\n", "rust"),
        known(&[
            ("async", Token::Keyword),
            ("fn", Token::Keyword),
            ("f", Token::Function),
            ("u8", Token::Keyword),
            ("bool", Token::Keyword),
            ("g", Token::Function),
            ("\"s\"", Token::String),
            ("await", Token::Keyword),
            ("// c", Token::Comment),
            ("println!", Token::Macro),
            ("1.5", Token::Constant),
        ])
    );
}

#[test]
fn python_has_its_tokens() {
    assert_eq!(
        tokens("async def f():\n    await g('s')  # c\n    return None\n", "python"),
        known(&[
            ("async", Token::Keyword),
            ("def", Token::Keyword),
            ("f", Token::Function),
            ("await", Token::Keyword),
            ("g", Token::Function),
            ("'s'", Token::String),
            ("# c", Token::Comment),
            ("return", Token::Keyword),
            ("None", Token::Constant),
        ])
    );
}

#[test]
fn an_unknown_language_has_none() {
    assert_eq!(highlight("let x = 1;", "klingon"), []);
    assert_eq!(highlight("let x = 1;", ""), []);
}

#[test]
fn painting_changes_no_text_at_any_width() {
    let document = Document::parse("```rust\n\tlet 并发 = f(\"a\\u{1b}\"); // 注释很长很长很长\n```\n");
    let highlights = Highlights::of(&document);
    for width in 1..60 {
        let before = layout(&document, &LayoutOptions { width, ..LayoutOptions::default() });
        let mut after = before.clone();
        highlights.paint(&mut after);
        assert_eq!(plain(&after), plain(&before));
        let has_source =
            after.iter().flat_map(|line| &line.spans).any(|span| matches!(span.style, Style::Source { .. }));
        assert!(!has_source, "width {width}");
    }
}

#[test]
fn a_wrapped_code_line_keeps_the_tokens_of_its_parts() {
    let document = Document::parse("```rust\nlet name = \"a string that is longer\";\n```\n");
    let mut lines = layout(&document, &LayoutOptions { width: 20, ..LayoutOptions::default() });
    Highlights::of(&document).paint(&mut lines);
    let last = lines.last().expect("there are lines");
    assert!(last.spans.iter().any(|span| span.style == Style::Token(Token::String)), "{last:?}");
}

#[test]
fn tokens_found_elsewhere_serve_the_same_code_in_every_document() {
    let (first, second) = (Document::parse("```rust\nlet a;\n```\n"), Document::parse("x\n\n```rust\nlet a;\n```\n"));
    let fence = first.fences().next().expect("there is a fence");
    let mut highlights = Highlights::default();
    assert!(!highlights.has(fence));
    highlights.insert(fence, highlight(&fence.text, &fence.language));
    assert!(highlights.has(second.fences().next().expect("there is a fence")));
    let mut lines = layout_pair(&second, &first, &LayoutOptions::default());
    highlights.paint(&mut lines);
    assert!(lines.iter().flat_map(|line| &line.spans).any(|span| span.style == Style::Token(Token::Keyword)));
}

#[test]
fn looks_end_with_their_line() {
    assert_eq!(
        ansi(&lines("# A\n\nb **c** `d`", 80), &Palette::AUTO),
        "\u{1b}[1;4;36m# A\u{1b}[0m\n\nb \u{1b}[1mc\u{1b}[0m \u{1b}[35md\u{1b}[0m\n"
    );
    assert_eq!(ansi(&lines("`d`", 80), &Palette::DARK), "\u{1b}[93md\u{1b}[0m\n");
}

#[test]
fn mono_has_no_colours_and_every_palette_can_be_named() {
    let shown = ansi(&lines(super::ENGLISH, 80), &Palette::MONO);
    let codes: Vec<&str> =
        shown.split("\u{1b}[").skip(1).filter_map(|rest| rest.split_once('m')).map(|(code, _)| code).collect();
    assert!(!codes.is_empty());
    assert!(codes.iter().flat_map(|code| code.split(';')).all(|code| code.len() == 1), "{codes:?}");
    for palette in Palette::ALL {
        assert_eq!(Palette::from_name(palette.name), Some(palette));
    }
    assert_eq!(Palette::from_name("pink"), None);
}

#[test]
fn no_escape_sequence_of_the_source_comes_out() {
    let hostile = "a\u{1b}[31m `b\u{1b}]0;x\u{7}` [c](<d\u{1b}e>)\n\n```rust\u{1b}\n\u{1b}[2J\u{202e}\n```\n\n# h {#i\u{1b}}\n\n|\u{1b}|\n|-|\n|\u{9b}|\n";
    let lines = lines(hostile, 80);
    assert!(plain(&lines).chars().all(|char| char == '\n' || !(char.is_control() || char == '\u{202e}')), "{lines:?}");
    assert!(lines.iter().filter_map(|line| line.anchor.as_deref()).all(|id| !id.contains('\u{1b}')));
}
