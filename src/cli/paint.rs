//! Plain output. Whether colours reach the terminal is `anstream`'s business: it drops them in pipes and under
//! `NO_COLOR`.

pub use crate::report::{Paint, wrapped};

/// The columns to use: the terminal's, at most 100 for prose, or 80 where there is no terminal.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(40, 100)
}
