//! What holds for every input and every width.

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{CHINESE, ENGLISH, both};
use crate::course::Track;
use crate::lesson::{
    Block, Document, Highlights, Inline, LayoutOptions, Line, Style, Tracks, layout, layout_pair, plain,
};

/// What may not stand at a line's start in ordinary text.
const CLOSING: &str = ",.;:!?)]}，。、；：！？）】」』》〉…”’";

/// What may not stand at a line's end.
const OPENING: &str = "([{（【「『《〈“‘";

/// Glyphs of every kind of width, and what joins them.
fn glyphs() -> impl Strategy<Value = String> {
    let glyph = prop_oneof![
        4 => "[a-z]{1,12}",
        3 => "[\u{4e00}-\u{9fff}]{1,8}",
        2 => Just(" ".to_owned()),
        1 => "[，。、（）「」“”…—(),.;!?-]{1,3}",
        1 => Just("e\u{301}\u{302}".to_owned()),
        1 => Just("👩\u{200d}👩\u{200d}👧\u{200d}👦".to_owned()),
        1 => Just("🐱\u{200d}🚗".to_owned()),
        1 => Just("🇨🇳🇺".to_owned()),
        1 => Just("#\u{fe0f}\u{20e3}".to_owned()),
        1 => Just("각\u{1100}\u{1161}กำ้क्षि".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(glyph, 1..40).prop_map(|glyphs| glyphs.concat())
}

/// Markdown whose words are letters only, so that they can be found again among bullets and lines.
fn lesson() -> impl Strategy<Value = String> {
    let words = || {
        prop::collection::vec(prop_oneof!["[a-z]{1,14}", "[\u{4e00}-\u{9fff}]{1,9}，"], 1..25)
            .prop_map(|words| words.join(" "))
    };
    let styled = prop_oneof![
        words(),
        words().prop_map(|text| format!("**{text}**")),
        words().prop_map(|text| format!("`{text}`"))
    ];
    let block = prop_oneof![
        styled.clone().prop_map(|text| format!("{text}\n\n")),
        words().prop_map(|text| format!("## {text}\n\n")),
        prop::collection::vec(styled, 1..4).prop_map(|items| format!("- {}\n\n", items.join("\n- "))),
        words().prop_map(|text| format!("> - {text}\n\n")),
        words().prop_map(|text| format!("```text\n{text}\n```\n\n")),
    ];
    prop::collection::vec(block, 1..6).prop_map(|blocks| blocks.concat())
}

/// The letters of a text in their order.
fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphabetic()).collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = letters(text).chars().collect();
    chars.sort_unstable();
    chars
}

fn options(width: usize) -> impl Iterator<Item = LayoutOptions> {
    [Tracks::Both, Tracks::One(Track::Python)].into_iter().map(move |tracks| LayoutOptions {
        width,
        tracks,
        ..LayoutOptions::default()
    })
}

/// A dot before a name, as in `.await`, closes nothing.
fn starts_with_closing(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|char| CLOSING.contains(char))
        && !(first == Some('.') && chars.next().is_some_and(char::is_alphanumeric))
}

fn assert_fits(lines: &[Line], width: usize) {
    for line in lines {
        assert!(line.width() <= width, "{} > {width}: {:?}", line.width(), line.text());
        assert!(line.text().width() <= width, "as a whole {} > {width}: {:?}", line.text().width(), line.text());
        assert!(!line.text().chars().any(char::is_control), "{line:?}");
    }
}

#[test]
fn the_lessons_fit_every_width() {
    let (english, chinese) = (Document::parse(ENGLISH), Document::parse(CHINESE));
    for width in 1..=200 {
        assert_fits(&layout_pair(&english, &chinese, &both(width)), width);
        for options in options(width) {
            assert_fits(&layout(&english, &options), width);
            assert_fits(&layout(&chinese, &options), width);
        }
    }
}

#[test]
fn punctuation_stays_with_its_word_in_the_lessons() {
    for document in [ENGLISH, CHINESE].map(Document::parse) {
        for width in 8..=200 {
            let lines = layout(&document, &both(width));
            for line in lines.iter().filter(|line| line.fence.is_none()) {
                let text = line.text();
                let content = text.trim_start_matches([' ', '▎', '•', '◦', '▪']);
                assert!(!starts_with_closing(content), "width {width}: {text:?}");
                assert!(!text.ends_with(|char| OPENING.contains(char)), "width {width}: {text:?}");
            }
        }
    }
}

/// All that can be read in a document, in its order.
fn readable(blocks: &[Block]) -> String {
    let text = |inlines: &[Inline]| -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text, _) => text.as_str(),
                Inline::Break | Inline::Url(_) => "",
            })
            .collect()
    };
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading(heading) => text(&heading.inlines),
            Block::Paragraph(inlines) => text(inlines),
            Block::Quote(blocks) => readable(blocks),
            Block::List(list) => list.items.iter().map(|item| readable(item)).collect(),
            Block::Code(fence) => fence.text.clone(),
            Block::Example { rust, python } => format!("{}{}", rust.text, python.text),
            Block::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).map(|cell| text(cell)).collect()
            }
            Block::Rule => String::new(),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_line_is_wider_than_the_width(text in glyphs(), width in 1_usize..=200) {
        for markdown in [
            text.clone(),
            format!("# {text}"),
            format!("> - {text}\n>   1. {text}"),
            format!("```rust\n{text}\n```\n```python\n{text}\n```"),
            format!("| {text} | b |\n|---|--:|\n| c | {text} |"),
            format!("[{text}](https://example.org/{text})"),
        ] {
            let document = Document::parse(&markdown);
            for options in options(width) {
                assert_fits(&layout(&document, &options), width);
            }
            assert_fits(&layout_pair(&document, &document, &both(width)), width);
        }
    }

    #[test]
    fn nothing_is_lost_or_reordered(markdown in lesson(), width in 2_usize..=200) {
        let document = Document::parse(&markdown);
        let lines = layout(&document, &both(width));
        let shown: String = lines.iter().map(Line::text).collect();
        prop_assert_eq!(letters(&shown), letters(&readable(&document.blocks)));
    }

    #[test]
    fn every_glyph_of_a_paragraph_comes_out_in_its_order(text in glyphs(), width in 4_usize..=200) {
        let document = Document { blocks: vec![Block::Paragraph(vec![Inline::Text(visible(&text), Style::Text)])] };
        let shown: String = layout(&document, &both(width)).iter().map(Line::text).collect();
        prop_assert_eq!(shown.replace(' ', ""), visible(&text).replace(' ', ""));
    }

    #[test]
    fn tables_lose_nothing(cells in prop::collection::vec("[a-z\u{4e00}-\u{4eff}]{1,9}( [a-z\u{4e00}-\u{4eff}]{1,9}){0,6}", 8), width in 2_usize..=200) {
        let markdown = format!("|{}|\n|-|-|-|-|\n|{}|", cells[..4].join("|"), cells[4..].join("|"));
        let document = Document::parse(&markdown);
        let shown = plain(&layout(&document, &both(width)));
        prop_assert_eq!(sorted(&shown), sorted(&markdown));
    }

    #[test]
    fn closing_punctuation_never_starts_a_line(words in prop::collection::vec("[\u{4e00}-\u{9fff}]{1,7}[，。、；）」]|（[\u{4e00}-\u{9fff}]{1,4}）|[a-z]{1,9}[,.!?)]? ", 1..30), width in 8_usize..=120) {
        for line in layout(&Document::parse(&words.concat()), &both(width)) {
            let text = line.text();
            prop_assert!(!starts_with_closing(&text), "{:?}", text);
            prop_assert!(!text.ends_with(|char| OPENING.contains(char)), "{:?}", text);
        }
    }

    #[test]
    fn any_text_can_be_laid_out(markdown in "[-#>`*_~|:<&\\[\\]()!{}\n\t 0-9a-c\u{4e00}\u{ff0c}\u{1b}\u{301}]{0,300}", width in 0_usize..=130) {
        let document = Document::parse(&markdown);
        for options in options(width) {
            let mut lines = layout(&document, &options);
            assert_fits(&lines, width.max(1));
            Highlights::of(&document).paint(&mut lines);
            assert_fits(&lines, width.max(1));
        }
        assert_fits(&layout_pair(&document, &Document::parse(&markdown[..0]), &both(width)), width.max(1));
    }

    #[test]
    fn any_characters_can_be_laid_out(markdown in any::<String>(), width in 1_usize..=130) {
        assert_fits(&layout(&Document::parse(&markdown), &both(width)), width);
    }
}

/// `text` as a document holds it.
fn visible(text: &str) -> String {
    crate::lesson::visible::visible(text).replace('\n', " ")
}
