//! The marks and lines that are drawn around text.

/// The marks and lines that are drawn around text. Each takes one column.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Before the items of lists, by depth.
    pub bullets: [&'static str; 3],
    /// Left of a quote.
    pub bar: &'static str,
    /// Between columns.
    pub vertical: &'static str,
    /// A rule.
    pub horizontal: &'static str,
    /// Where both cross.
    pub cross: &'static str,
    /// Before the rest of a code line that was too long.
    pub continued: &'static str,
    /// Between parts of a label.
    pub dot: &'static str,
}

impl Glyphs {
    /// Box-drawing characters.
    pub const UNICODE: Glyphs = Glyphs {
        bullets: ["•", "◦", "▪"],
        bar: "▎",
        vertical: "│",
        horizontal: "─",
        cross: "┼",
        continued: "↳",
        dot: "·",
    };

    /// For terminals and fonts without them.
    pub const ASCII: Glyphs = Glyphs {
        bullets: ["*", "-", "+"],
        bar: "|",
        vertical: "|",
        horizontal: "-",
        cross: "+",
        continued: "\\",
        dot: "-",
    };
}
