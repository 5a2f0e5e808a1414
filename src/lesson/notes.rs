//! Destinations of links: beside the text where they are short, else numbered, at the end of the section.

use super::inline::Inline;
use super::layout::{Layouter, MIN_TEXT, Markup};
use super::line::{Line, Span, hang};
use super::style::Style;
use super::text::Text;

/// The destinations that wait for the end of the section.
#[derive(Debug, Default)]
pub(super) struct Notes {
    waiting: Vec<(usize, String)>,
    count: usize,
}

impl Notes {
    /// The number that stands for a destination.
    fn number(&mut self, url: &str) -> usize {
        if let Some((number, _)) = self.waiting.iter().find(|(_, waiting)| waiting == url) {
            return *number;
        }
        self.count += 1;
        self.waiting.push((self.count, url.to_owned()));
        self.count
    }

    /// Whether both wait with the same; then the other's are taken over and need not be shown.
    pub fn takes_the_same(&mut self, other: &mut Notes) -> bool {
        let same = self.waiting == other.waiting;
        if same {
            other.waiting.clear();
        }
        same
    }
}

/// The characters around text of a style where styles are not seen.
fn written_mark(markup: Markup, style: Style) -> &'static str {
    match (markup, style) {
        (Markup::Written, Style::Code) => "`",
        (Markup::Written, Style::Struck) => "~~",
        _ => "",
    }
}

impl Layouter {
    /// Running text in which plain text has the meaning `base`.
    pub(super) fn text(&mut self, inlines: &[Inline], base: Style, width: usize) -> Text {
        let mut text = Text::default();
        for inline in inlines {
            match inline {
                Inline::Text(part, Style::Text) => text.push(part, base),
                Inline::Text(part, style) => {
                    let mark = written_mark(self.options.markup, *style);
                    text.push(mark, *style);
                    text.push(part, *style);
                    text.push(mark, *style);
                }
                Inline::Break => text.push("\n", base),
                // A place in this text: who reads it here finds it by its heading.
                Inline::Url(url) if url.starts_with('#') => {}
                Inline::Url(url) if (super::cluster::width(url) + 3) * 2 <= width => {
                    let (open, close) = if text.ends_ideographic() { ("（", "）") } else { (" (", ")") };
                    text.push(open, base);
                    text.push(url, Style::Url);
                    text.push(close, base);
                }
                Inline::Url(url) => {
                    let number = self.notes.number(url);
                    text.push(&format!("[{number}]"), Style::Note);
                }
            }
        }
        text
    }

    /// The destinations that have been waiting, a line or more each.
    pub(super) fn waiting_notes(&mut self, width: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for (number, url) in std::mem::take(&mut self.notes.waiting) {
            let mark = format!("[{number}] ");
            let indent = mark.len();
            if width < indent + MIN_TEXT {
                let mut text = Text::of(&mark, Style::Note);
                text.push(&url, Style::Url);
                lines.append(&mut self.wrapper.wrap(&text, width));
                continue;
            }
            let mut note = self.wrapper.wrap(&Text::of(&url, Style::Url), width - indent);
            hang(&mut note, &[Span::new(mark, Style::Note)], &[Span::new(" ".repeat(indent), Style::Text)]);
            lines.append(&mut note);
        }
        lines
    }
}
