//! A drawn screen as text and as a picture, for tests and for the README.

use super::model::Model;
use super::view;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The model's screen.
pub fn screen(model: &Model) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.0, model.size.1));
    view::draw(model, &mut buffer);
    buffer
}

/// The text of a screen, a line each; a wide character takes its two columns.
pub fn text(buffer: &Buffer) -> String {
    lines(buffer, |_| None)
}

/// The text, with a mark before each change of style: for tests of how things look.
pub fn styled_text(buffer: &Buffer) -> String {
    lines(buffer, |cell| {
        let letters = [
            (Modifier::BOLD, 'b'),
            (Modifier::DIM, 'd'),
            (Modifier::ITALIC, 'i'),
            (Modifier::UNDERLINED, 'u'),
            (Modifier::REVERSED, 'r'),
            (Modifier::CROSSED_OUT, 's'),
        ];
        let marks: String =
            letters.iter().filter(|(one, _)| cell.modifier.contains(*one)).map(|(_, letter)| *letter).collect();
        let colour = if cell.fg == Color::Reset { String::new() } else { format!("{:?}", cell.fg) };
        Some(format!("{colour}{marks}"))
    })
}

fn lines(buffer: &Buffer, style: impl Fn(&Cell) -> Option<String>) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in area.y..area.bottom() {
        let mut line = String::new();
        let mut last = Some(String::new());
        let mut x = area.x;
        while x < area.right() {
            let Some(cell) = buffer.cell((x, y)) else { break };
            let now = style(cell);
            if now != last
                && let Some(now) = &now
            {
                let _ = write!(line, "‹{now}›");
            }
            last = now.or(last);
            line.push_str(cell.symbol());
            x += columns(cell);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn columns(cell: &Cell) -> u16 {
    u16::try_from(cell.symbol().width()).unwrap_or(1).max(1)
}

/// The width of a column and the height of a line, in the picture's units.
const SIZE: (u32, u32) = (8, 17);

/// The space around the text.
const EDGE: u32 = 10;

/// The screen as an SVG picture with a dark background.
pub fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (u32::from(area.width) * SIZE.0 + 2 * EDGE, u32::from(area.height) * SIZE.1 + 2 * EDGE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', \
         monospace\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n",
        colour(Color::Black)
    );
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let (run, end) = run(buffer, x, y);
            draw_run(&mut svg, buffer, x, end, y, &run);
            x = end;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The text from a cell on that looks the same, and where it ends.
fn run(buffer: &Buffer, from: u16, y: u16) -> (String, u16) {
    let look = |cell: &Cell| (cell.fg, cell.modifier);
    let first = &buffer[(from, y)];
    let wide = |cell: &Cell| columns(cell) > 1;
    let (mut text, mut x) = (String::new(), from);
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        // A run of wide characters is set apart, so that both widths keep to the grid.
        if look(cell) != look(first) || wide(cell) != wide(first) {
            break;
        }
        text.push_str(cell.symbol());
        x += columns(cell);
    }
    (text, x.min(buffer.area.width))
}

fn draw_run(svg: &mut String, buffer: &Buffer, from: u16, to: u16, y: u16, text: &str) {
    let cell = &buffer[(from, y)];
    let (x, top) = (EDGE + u32::from(from) * SIZE.0, EDGE + u32::from(y) * SIZE.1);
    let width = u32::from(to - from) * SIZE.0;
    let reversed = cell.modifier.contains(Modifier::REVERSED);
    let front = colour(if cell.fg == Color::Reset { Color::White } else { cell.fg });
    if reversed {
        let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{front}\"/>", SIZE.1);
    }
    if text.trim().is_empty() {
        return;
    }
    let fill = if reversed { colour(Color::Black) } else { front };
    let mut style = String::new();
    for (modifier, text) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if cell.modifier.contains(modifier) {
            style.push_str(text);
        }
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let baseline = top + 13;
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{baseline}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{fill}\" \
         xml:space=\"preserve\"{style}>{escaped}</text>"
    );
}

/// The colours of a common dark terminal.
fn colour(of: Color) -> &'static str {
    match of {
        Color::Black => "#16181d",
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Blue => "#61afef",
        Color::Magenta => "#c678dd",
        Color::Cyan => "#56b6c2",
        Color::DarkGray => "#7f848e",
        Color::LightRed => "#ff8a93",
        Color::LightGreen => "#b5e890",
        Color::LightYellow => "#ffd68a",
        Color::LightBlue => "#8cc8ff",
        Color::LightMagenta => "#e2a0f5",
        Color::LightCyan => "#7fe0ea",
        Color::White => "#f0f2f5",
        _ => "#d7dae0",
    }
}
