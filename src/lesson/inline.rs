//! Running text: a flat row of pieces, each with its meaning.
//!
//! Flat, because what is shown is flat, and because nesting taken from a file has no bound.

use super::punctuation::{has_own_space, is_ideographic};
use super::style::Style;
use super::visible::visible;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text with one meaning: [`Style::Text`], `Strong`, `Emphasis`, `StrongEmphasis`, `Struck`,
    /// `Code` or `Link`.
    Text(String, Style),
    /// A line break that the author asked for.
    Break,
    /// The destination of the link whose text ends here, where it says more than the text.
    Url(String),
}

/// The text of a row of pieces, without meanings and destinations.
pub(super) fn text_of(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text, _) => text.as_str(),
            Inline::Break => " ",
            Inline::Url(_) => "",
        })
        .collect()
}

/// Builds a row of pieces from a parser's events: joins what belongs together, makes one space of
/// many, and of a line end in the source a space where the script has spaces.
#[derive(Debug, Default)]
pub(super) struct InlineBuilder {
    done: Vec<Inline>,
    pending: Pending,
    emphasis: usize,
    strong: usize,
    struck: usize,
    /// For each open link, its destination and how many pieces there were before it.
    links: Vec<(String, usize)>,
}

/// White space that has been read but not written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Pending {
    #[default]
    Nothing,
    Space,
    LineEnd,
}

impl InlineBuilder {
    pub fn emphasis(&mut self, open: bool) {
        self.emphasis = if open { self.emphasis + 1 } else { self.emphasis.saturating_sub(1) };
    }

    pub fn strong(&mut self, open: bool) {
        self.strong = if open { self.strong + 1 } else { self.strong.saturating_sub(1) };
    }

    pub fn struck(&mut self, open: bool) {
        self.struck = if open { self.struck + 1 } else { self.struck.saturating_sub(1) };
    }

    pub fn open_link(&mut self, destination: &str) {
        self.links.push((visible(destination).replace('\n', " "), self.done.len()));
    }

    pub fn close_link(&mut self) {
        let Some((destination, before)) = self.links.pop() else { return };
        let text = text_of(self.done.get(before..).unwrap_or_default());
        let says_more = destination != text && destination.strip_prefix("mailto:") != Some(text.as_str());
        if says_more && !destination.is_empty() {
            self.done.push(Inline::Url(destination));
        }
    }

    pub fn line_end(&mut self) {
        if self.pending == Pending::Nothing {
            self.pending = Pending::LineEnd;
        }
    }

    pub fn line_break(&mut self) {
        self.pending = Pending::Nothing;
        self.done.push(Inline::Break);
    }

    /// Adds text; white space at its ends and within it becomes single spaces.
    pub fn text(&mut self, text: &str) {
        let style = match (self.links.is_empty(), self.struck, self.strong, self.emphasis) {
            (false, ..) => Style::Link,
            (true, 1.., ..) => Style::Struck,
            (true, 0, 1.., 1..) => Style::StrongEmphasis,
            (true, 0, 1.., 0) => Style::Strong,
            (true, 0, 0, 1..) => Style::Emphasis,
            (true, 0, 0, 0) => Style::Text,
        };
        let text = visible(text);
        let mut rest = text.as_ref();
        while !rest.is_empty() {
            let word = rest.find([' ', '\n']).unwrap_or(rest.len());
            if word > 0 {
                self.word(&rest[..word], style);
            }
            rest = &rest[word..];
            if !rest.is_empty() {
                self.pending = Pending::Space;
                rest = rest.trim_start_matches([' ', '\n']);
            }
        }
    }

    /// Adds code, in which every space stays.
    pub fn code(&mut self, code: &str) {
        self.word(&visible(code).replace('\n', " "), Style::Code);
    }

    pub fn finish(self) -> Vec<Inline> {
        self.done
    }

    fn word(&mut self, word: &str, style: Style) {
        let space = self.space_before(word);
        match self.done.last_mut() {
            Some(Inline::Text(last, last_style)) if *last_style == style => last.push_str(space),
            // The space goes to the outside of a change of meaning: code and links have none at their ends.
            Some(Inline::Text(last, Style::Text)) => last.push_str(space),
            Some(Inline::Text(..) | Inline::Url(_)) if !space.is_empty() => {
                self.done.push(Inline::Text(space.to_owned(), Style::Text));
            }
            _ => {}
        }
        match self.done.last_mut() {
            Some(Inline::Text(last, last_style)) if *last_style == style => last.push_str(word),
            _ => self.done.push(Inline::Text(word.to_owned(), style)),
        }
    }

    /// The space between what is there and `word`.
    fn space_before(&mut self, word: &str) -> &'static str {
        let pending = std::mem::take(&mut self.pending);
        let last = match self.done.last() {
            None | Some(Inline::Break) => return "",
            Some(Inline::Url(_)) => None,
            Some(Inline::Text(text, _)) => text.chars().next_back(),
        };
        match (pending, last, word.chars().next()) {
            (Pending::Nothing, ..) => "",
            (Pending::LineEnd, Some(last), Some(first))
                if (is_ideographic(last) && is_ideographic(first)) || has_own_space(last) || has_own_space(first) =>
            {
                ""
            }
            _ => " ",
        }
    }
}
