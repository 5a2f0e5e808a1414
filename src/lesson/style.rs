//! What a piece of text means; a palette or a theme decides how that looks.

/// The meaning of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Style {
    /// Running text.
    #[default]
    Text,
    /// A heading of level 1 to 6, and the mark before it.
    Heading(u8),
    /// Strong text.
    Strong,
    /// Emphasised text.
    Emphasis,
    /// Text that is both.
    StrongEmphasis,
    /// Text that no longer holds.
    Struck,
    /// Code within running text.
    Code,
    /// The text of a link.
    Link,
    /// The destination of a link, shown because a terminal cannot follow the text.
    Url,
    /// The number that stands for a link's destination.
    Note,
    /// Text in a quote, and the bar before it.
    Quote,
    /// The bullet or the number of a list item.
    Marker,
    /// The head of a table's column.
    TableHead,
    /// Lines of tables, rules, and between columns.
    Border,
    /// The track's name and the mark above a code block.
    Label,
    /// What is there for orientation only, such as the mark of a continued code line.
    Faint,
    /// Code of a block, not highlighted yet: the display text of the fence `key` from byte `at`.
    Source {
        /// [`Fence::key`](super::Fence::key).
        key: u64,
        /// Where the span starts in the fence's display text, in bytes.
        at: u32,
    },
    /// Code of a block after [`Highlights::paint`](super::Highlights::paint).
    Token(Token),
}

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// Names, operators, and whatever has no class of its own.
    Plain,
    /// A comment.
    Comment,
    /// A keyword of the language.
    Keyword,
    /// A string or a character.
    String,
    /// A number, and named constants such as `true` and `None`.
    Constant,
    /// A function where it is defined or called.
    Function,
    /// A type.
    Type,
    /// A macro, an attribute or a decorator.
    Macro,
}
