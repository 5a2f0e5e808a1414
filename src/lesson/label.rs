//! What stands above a code block.

use super::fence::{Fence, Mark};
use super::layout::{Layouter, Tracks};
use super::line::{Line, Span};
use super::style::Style;
use crate::course::{Language, Track};

impl Layouter {
    /// The track's name, where it is not the reader's own or both are shown, and what the mark
    /// means to a reader. Nothing where there is nothing to say.
    pub(super) fn label(&mut self, fence: &Fence, width: usize) -> Vec<Line> {
        let track = Track::from_name(&fence.language).filter(|&track| self.options.tracks != Tracks::One(track));
        let mark = [Mark::Run, Mark::Fails, Mark::Sketch].into_iter().find(|&mark| fence.has(mark));
        let words: Vec<&str> =
            track.map(title).into_iter().chain(mark.and_then(|mark| meaning(self.options.language, mark))).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let separator = format!(" {} ", self.options.glyphs.dot);
        self.wrap_plain(&words.join(&separator), Style::Label, width)
    }

    fn wrap_plain(&mut self, text: &str, style: Style, width: usize) -> Vec<Line> {
        if super::cluster::width(text) <= width {
            vec![Line::of(vec![Span::new(text, style)])]
        } else {
            self.wrapper.wrap(&super::text::Text::of(text, style), width)
        }
    }
}

fn title(track: Track) -> &'static str {
    match track {
        Track::Rust => "Rust",
        Track::Python => "Python",
    }
}

fn meaning(language: Language, mark: Mark) -> Option<&'static str> {
    match (language, mark) {
        (Language::En, Mark::Run) => Some("can be run"),
        (Language::Zh, Mark::Run) => Some("可以运行"),
        (Language::En, Mark::Fails) => Some("fails on purpose"),
        (Language::Zh, Mark::Fails) => Some("故意出错"),
        (Language::En, Mark::Sketch) => Some("sketch, not complete"),
        (Language::Zh, Mark::Sketch) => Some("示意，并不完整"),
        (Language::En | Language::Zh, Mark::NoRun) => None,
    }
}
