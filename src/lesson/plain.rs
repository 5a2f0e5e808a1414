//! Lines as plain text.

use super::line::Line;
use super::style::Style;
use super::text::Text;
use super::wrap::Wrapper;
use std::cell::RefCell;

/// The lines as text, each ended by a line feed.
pub fn plain(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        line.spans.iter().for_each(|span| text.push_str(&span.text));
        text.push('\n');
    }
    text
}

/// Prose that is not markdown, wrapped to lines of at most `width` columns.
pub fn wrap_plain(text: &str, width: usize) -> Vec<String> {
    thread_local! {
        // Loading the line breaker's data costs more than wrapping a message.
        static WRAPPER: RefCell<Wrapper> = RefCell::new(Wrapper::new());
    }
    WRAPPER
        .with_borrow_mut(|wrapper| wrapper.wrap(&Text::of(text, Style::Text), width).iter().map(Line::text).collect())
}
