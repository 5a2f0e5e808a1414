//! How meanings look: the palettes of lessons, and the same 16 colours for the rest of the screen.

use super::text::Ink;
use crate::lesson::{Colour, Look, Palette};
use crate::report::Paint;
use crate::workspace::Theme;
use ratatui::style::{Color, Modifier, Style};

/// How meanings look in a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    palette: &'static Palette,
    mono: bool,
}

impl Colours {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> Colours {
        let palette = match theme {
            Theme::Auto => &Palette::AUTO,
            Theme::Light => &Palette::LIGHT,
            Theme::Dark => &Palette::DARK,
            Theme::Mono => &Palette::MONO,
        };
        Colours { palette, mono: theme == Theme::Mono }
    }

    /// The style of a meaning.
    pub fn style(&self, ink: Ink) -> Style {
        match ink {
            Ink::Lesson(style) => of_look(self.palette.look(style)),
            Ink::Told(Paint::Plain) => Style::new(),
            Ink::Told(Paint::Good) => self.colour(Color::Green).add_modifier(Modifier::BOLD),
            Ink::Told(Paint::Bad) => self.colour(Color::Red).add_modifier(Modifier::BOLD),
            Ink::Told(Paint::Warn) => self.colour(Color::Yellow).add_modifier(Modifier::BOLD),
            Ink::Told(Paint::Strong) => Style::new().add_modifier(Modifier::BOLD),
            Ink::Told(Paint::Faint) | Ink::Margin => of_look(self.palette.faint),
            Ink::Key => of_look(self.palette.marker).add_modifier(Modifier::BOLD),
            Ink::Found => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// The line at the top.
    pub fn bar(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What is chosen.
    pub fn chosen(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A border; that of the part that keys go to stands out.
    pub fn border(&self, focused: bool) -> Style {
        if focused { of_look(self.palette.marker).add_modifier(Modifier::BOLD) } else { of_look(self.palette.border) }
    }

    fn colour(&self, colour: Color) -> Style {
        if self.mono { Style::new() } else { Style::new().fg(colour) }
    }
}

fn of_look(look: Look) -> Style {
    let mut style = Style::new();
    if let Some(colour) = look.colour {
        style = style.fg(of_colour(colour));
    }
    let modifiers = [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underlined, Modifier::UNDERLINED),
        (look.struck, Modifier::CROSSED_OUT),
    ];
    modifiers.into_iter().filter(|(on, _)| *on).fold(style, |style, (_, modifier)| style.add_modifier(modifier))
}

fn of_colour(colour: Colour) -> Color {
    match colour {
        Colour::Black => Color::Black,
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
        Colour::White => Color::Gray,
        Colour::BrightBlack => Color::DarkGray,
        Colour::BrightRed => Color::LightRed,
        Colour::BrightGreen => Color::LightGreen,
        Colour::BrightYellow => Color::LightYellow,
        Colour::BrightBlue => Color::LightBlue,
        Colour::BrightMagenta => Color::LightMagenta,
        Colour::BrightCyan => Color::LightCyan,
        Colour::BrightWhite => Color::White,
    }
}
