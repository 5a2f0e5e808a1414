//! Lines with colours, as escape sequences.

use super::line::Line;
use super::palette::{Look, Palette};

/// The lines as text with SGR escape sequences, each ended by a line feed. No look goes on over a
/// line's end, so that any part of the text can be shown by itself.
pub fn ansi(lines: &[Line], palette: &Palette) -> String {
    let mut text = String::new();
    for line in lines {
        let mut current = Look::default();
        for span in &line.spans {
            // Colour and weight of spaces cannot be seen; underlines can.
            let is_blank = span.text.bytes().all(|byte| byte == b' ');
            let look = if is_blank { Look::default() } else { palette.look(span.style) };
            change(&mut text, &mut current, look);
            text.push_str(&span.text);
        }
        change(&mut text, &mut current, Look::default());
        text.push('\n');
    }
    text
}

/// Writes what turns one look into another.
fn change(text: &mut String, current: &mut Look, next: Look) {
    if *current == next {
        return;
    }
    if *current != Look::default() {
        text.push_str("\u{1b}[0m");
    }
    *current = next;
    if next == Look::default() {
        return;
    }
    let mut codes: Vec<String> =
        [(next.bold, "1"), (next.dim, "2"), (next.italic, "3"), (next.underlined, "4"), (next.struck, "9")]
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, code)| code.to_owned())
            .collect();
    if let Some(colour) = next.colour {
        let number = colour as u8;
        codes.push(if number < 8 { (30 + number).to_string() } else { (82 + number).to_string() });
    }
    text.push_str("\u{1b}[");
    text.push_str(&codes.join(";"));
    text.push('m');
}
