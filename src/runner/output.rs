//! What a program prints: kept within bounds, and made harmless before anyone sees it.

use std::time::{Duration, Instant};

/// How much of a stream is kept from its start and from its end, in bytes each.
pub const KEPT: usize = 32 * 1024;

/// A program that prints more than this is ended, in bytes.
pub const FLOOD: usize = 16 * 1024 * 1024;

/// How exactly it is known when a line was printed.
const TICK: Duration = Duration::from_millis(1);

/// A line that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// When its end came, since the program was started; behind a gap, when the stream's last bytes came.
    pub at: Duration,
    /// The line, harmless.
    pub text: String,
}

/// The head and the tail of a stream, and when its lines came.
#[derive(Debug, Clone)]
pub struct Capture {
    started: Instant,
    head: Vec<u8>,
    tail: Vec<u8>,
    total: usize,
    /// When bytes of the head came, and how many lines it had then.
    arrivals: Vec<(Duration, usize)>,
    last: Duration,
}

impl Default for Capture {
    fn default() -> Capture {
        let (started, last) = (Instant::now(), Duration::ZERO);
        Capture { started, head: Vec::new(), tail: Vec::new(), total: 0, arrivals: Vec::new(), last }
    }
}

impl Capture {
    /// Takes in more bytes; the middle of a long stream is dropped.
    pub fn push(&mut self, bytes: &[u8]) {
        self.push_at(bytes, self.started.elapsed());
    }

    fn push_at(&mut self, bytes: &[u8], now: Duration) {
        self.total += bytes.len();
        self.last = now;
        let to_head = bytes.len().min(KEPT - self.head.len());
        let lines = bytes[..to_head].iter().filter(|byte| **byte == b'\n').count();
        match self.arrivals.last_mut() {
            Some((at, count)) if now - *at < TICK => *count += lines,
            Some((_, before)) if lines > 0 => {
                let count = *before + lines;
                self.arrivals.push((now, count));
            }
            Some(_) => {}
            None => self.arrivals.push((now, lines)),
        }
        self.head.extend_from_slice(&bytes[..to_head]);
        self.tail.extend_from_slice(&bytes[to_head..]);
        // Cut only now and then, so that a flood is not copied byte by byte.
        if self.tail.len() > 4 * KEPT {
            self.tail.drain(..self.tail.len() - KEPT);
        }
    }

    /// How many bytes the stream had.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Whether it is more than anyone may print.
    pub fn is_flood(&self) -> bool {
        self.total > FLOOD
    }

    /// The lines of [`Capture::text`], each with the time at which it came.
    pub fn printed(&self) -> Vec<Printed> {
        let at = |line: usize| self.arrivals.iter().find(|(_, lines)| *lines > line).map_or(self.last, |(at, _)| *at);
        self.text().lines().enumerate().map(|(line, text)| Printed { at: at(line), text: text.to_owned() }).collect()
    }

    /// The kept text, harmless, with a line that says how much was dropped.
    pub fn text(&self) -> String {
        let tail = &self.tail[self.tail.len().saturating_sub(KEPT)..];
        let dropped = self.total - self.head.len() - tail.len();
        if dropped == 0 {
            let whole = [self.head.as_slice(), tail].concat();
            return harmless(&String::from_utf8_lossy(&whole));
        }
        let [head, tail] = [&self.head, tail].map(|part| harmless(&String::from_utf8_lossy(part)));
        format!("{head}\n[... {dropped} bytes left out ...]\n{tail}")
    }
}

/// The text without anything that could act on a terminal: escape sequences and control characters are
/// dropped, and so are the marks that turn the direction of text. Line feeds and tabs stay.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\u{1b}' | '\u{9b}' | '\u{9d}' | '\u{90}' => skip_sequence(c, &mut chars),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Skips the rest of an escape sequence, never past the end of its line.
fn skip_sequence(start: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let kind = match start {
        '\u{1b}' => chars.next_if(|c| *c != '\n'),
        '\u{9b}' => Some('['),
        _ => Some(']'),
    };
    match kind {
        Some('[') => {
            while chars.next_if(|c| ('\u{20}'..='\u{3f}').contains(c)).is_some() {}
            chars.next_if(|c| ('\u{40}'..='\u{7e}').contains(c));
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            // A string, which ends with a bell or a string terminator.
            while let Some(c) = chars.next_if(|c| *c != '\n') {
                match c {
                    '\u{7}' | '\u{9c}' => return,
                    '\u{1b}' => {
                        chars.next_if_eq(&'\\');
                        return;
                    }
                    _ => {}
                }
            }
        }
        Some('\u{20}'..='\u{2f}') => {
            chars.next_if(|c| *c != '\n');
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_long_stream_is_left_out_and_counted() {
        let mut capture = Capture::default();
        capture.push(b"first");
        (0..10_000).for_each(|_| capture.push(&[b'x'; 100]));
        capture.push(b"last");
        let text = capture.text();
        assert!(text.starts_with("first") && text.ends_with("last"));
        assert!(text.contains(&format!("[... {} bytes left out ...]", 1_000_009 - 2 * KEPT)));
        assert!(!capture.is_flood());
    }

    #[test]
    fn a_short_stream_is_kept_whole_even_when_a_character_arrives_in_two_pieces() {
        let mut capture = Capture::default();
        capture.push(&"等".as_bytes()[..1]);
        capture.push(&"等".as_bytes()[1..]);
        assert_eq!(capture.text(), "等");
    }

    #[test]
    fn every_line_has_the_time_at_which_its_end_came() {
        let mut capture = Capture::default();
        let pushes = [("first\nsec", 10), ("ond\n", 500), ("third\nfourth\n", 900), ("rest", 1200)];
        pushes.iter().for_each(|(text, at)| capture.push_at(text.as_bytes(), Duration::from_millis(*at)));
        let seen: Vec<_> = capture.printed().into_iter().map(|line| (line.at.as_millis(), line.text)).collect();
        let expected = [(10, "first"), (500, "second"), (900, "third"), (900, "fourth"), (1200, "rest")];
        assert_eq!(seen, expected.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        let cases = [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}after", "after"),
            ("\u{1b}]52;c;aGk=\u{1b}\\after", "after"),
            ("\u{1b}[?1049hscreen", "screen"),
            ("\u{9b}31mred", "red"),
            ("\u{1b}Pstring\u{9c}after", "after"),
            ("a\rb\u{8}\u{7}c\u{0}", "abc"),
            ("ab\u{202e}cd\u{2066}", "abcd"),
            ("cut short \u{1b}", "cut short "),
            ("\u{1b}]never closed\nnext line", "\nnext line"),
            ("tab\tand\nline", "tab\tand\nline"),
        ];
        for (dangerous, expected) in cases {
            assert_eq!(harmless(dangerous), expected, "{dangerous:?}");
        }
    }
}
