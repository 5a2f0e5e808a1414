//! How meanings look, in the terminal's own 16 colours.

use super::style::{Style, Token};

/// One of the terminal's 16 colours; the value is its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Colour {
    Black = 0,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
    BrightBlack,
    BrightRed,
    BrightGreen,
    BrightYellow,
    BrightBlue,
    BrightMagenta,
    BrightCyan,
    BrightWhite,
}

/// How a span looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The colour of the text; the terminal's own where there is none.
    pub colour: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underlined: bool,
    /// Struck through.
    pub struck: bool,
}

impl Look {
    const PLAIN: Look = Look { colour: None, bold: false, dim: false, italic: false, underlined: false, struck: false };
    const BOLD: Look = Look { bold: true, ..Look::PLAIN };
    const DIM: Look = Look { dim: true, ..Look::PLAIN };
    const ITALIC: Look = Look { italic: true, ..Look::PLAIN };
    const UNDERLINED: Look = Look { underlined: true, ..Look::PLAIN };

    const fn of(colour: Colour) -> Look {
        Look { colour: Some(colour), ..Look::PLAIN }
    }

    const fn bold(self) -> Look {
        Look { bold: true, ..self }
    }

    const fn underlined(self) -> Look {
        Look { underlined: true, ..self }
    }
}

/// How every meaning looks.
#[derive(Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of Style and Token")]
pub struct Palette {
    /// What `--theme` calls it.
    pub name: &'static str,
    /// Levels 1, 2, and all others.
    pub headings: [Look; 3],
    pub code: Look,
    pub link: Look,
    pub url: Look,
    pub note: Look,
    pub quote: Look,
    pub marker: Look,
    pub border: Look,
    pub label: Look,
    pub faint: Look,
    pub comment: Look,
    pub keyword: Look,
    pub string: Look,
    pub constant: Look,
    pub function: Look,
    pub kind: Look,
    pub r#macro: Look,
}

impl Palette {
    /// Every palette.
    pub const ALL: [&'static Palette; 4] = [&Palette::AUTO, &Palette::LIGHT, &Palette::DARK, &Palette::MONO];

    /// Colours that can be read on dark and on light backgrounds.
    pub const AUTO: Palette = Palette {
        name: "auto",
        headings: [Look::of(Colour::Cyan).bold().underlined(), Look::of(Colour::Cyan).bold(), Look::BOLD],
        code: Look::of(Colour::Magenta),
        link: Look::of(Colour::Blue).underlined(),
        url: Look::DIM,
        note: Look::of(Colour::Blue),
        quote: Look::ITALIC,
        marker: Look::of(Colour::Cyan),
        border: Look::DIM,
        label: Look::of(Colour::Cyan),
        faint: Look::DIM,
        comment: Look::DIM,
        keyword: Look::of(Colour::Magenta),
        string: Look::of(Colour::Green),
        constant: Look::of(Colour::Cyan),
        function: Look::of(Colour::Blue),
        kind: Look::of(Colour::Cyan),
        r#macro: Look::of(Colour::Blue),
    };

    /// For light backgrounds.
    pub const LIGHT: Palette = Palette {
        name: "light",
        headings: [Look::of(Colour::Blue).bold().underlined(), Look::of(Colour::Blue).bold(), Look::BOLD],
        code: Look::of(Colour::Red),
        url: Look::of(Colour::BrightBlack),
        marker: Look::of(Colour::Blue),
        border: Look::of(Colour::BrightBlack),
        label: Look::of(Colour::Blue),
        faint: Look::of(Colour::BrightBlack),
        comment: Look::of(Colour::BrightBlack),
        constant: Look::of(Colour::Red),
        ..Palette::AUTO
    };

    /// For dark backgrounds.
    pub const DARK: Palette = Palette {
        name: "dark",
        headings: [
            Look::of(Colour::BrightCyan).bold().underlined(),
            Look::of(Colour::BrightCyan).bold(),
            Look::of(Colour::BrightWhite).bold(),
        ],
        code: Look::of(Colour::BrightYellow),
        link: Look::of(Colour::BrightBlue).underlined(),
        url: Look::of(Colour::BrightBlack),
        note: Look::of(Colour::BrightBlue),
        marker: Look::of(Colour::BrightCyan),
        border: Look::of(Colour::BrightBlack),
        label: Look::of(Colour::BrightCyan),
        faint: Look::of(Colour::BrightBlack),
        comment: Look::of(Colour::BrightBlack),
        keyword: Look::of(Colour::BrightMagenta),
        string: Look::of(Colour::BrightGreen),
        constant: Look::of(Colour::BrightYellow),
        function: Look::of(Colour::BrightBlue),
        kind: Look::of(Colour::BrightCyan),
        r#macro: Look::of(Colour::BrightBlue),
        ..Palette::AUTO
    };

    /// No colours, for `NO_COLOR` and for printers.
    pub const MONO: Palette = Palette {
        name: "mono",
        headings: [Look::BOLD.underlined(), Look::BOLD, Look::BOLD],
        code: Look::BOLD,
        link: Look::UNDERLINED,
        url: Look::DIM,
        note: Look::PLAIN,
        quote: Look::ITALIC,
        marker: Look::PLAIN,
        border: Look::DIM,
        label: Look::BOLD,
        faint: Look::DIM,
        comment: Look::DIM,
        keyword: Look::BOLD,
        string: Look::PLAIN,
        constant: Look::PLAIN,
        function: Look::PLAIN,
        kind: Look::PLAIN,
        r#macro: Look::PLAIN,
    };

    /// The palette of a name.
    pub fn from_name(name: &str) -> Option<&'static Palette> {
        Palette::ALL.into_iter().find(|palette| palette.name == name)
    }

    /// How a meaning looks.
    pub fn look(&self, style: Style) -> Look {
        match style {
            Style::Text | Style::Source { .. } | Style::Token(Token::Plain) => Look::PLAIN,
            Style::Heading(level) => self.headings[usize::from(level.clamp(1, 3)) - 1],
            Style::Strong | Style::TableHead => Look::BOLD,
            Style::Emphasis => Look::ITALIC,
            Style::StrongEmphasis => Look { bold: true, ..Look::ITALIC },
            Style::Struck => Look { struck: true, ..Look::PLAIN },
            Style::Code => self.code,
            Style::Link => self.link,
            Style::Url => self.url,
            Style::Note => self.note,
            Style::Quote => self.quote,
            Style::Marker => self.marker,
            Style::Border => self.border,
            Style::Label => self.label,
            Style::Faint => self.faint,
            Style::Token(Token::Comment) => self.comment,
            Style::Token(Token::Keyword) => self.keyword,
            Style::Token(Token::String) => self.string,
            Style::Token(Token::Constant) => self.constant,
            Style::Token(Token::Function) => self.function,
            Style::Token(Token::Type) => self.kind,
            Style::Token(Token::Macro) => self.r#macro,
        }
    }
}
