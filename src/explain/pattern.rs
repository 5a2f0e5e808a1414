//! Small patterns for one line of text.

use serde::Deserialize;

/// A text to look for in a line. `*` stands for anything within the line; a `^` at the start or a `$` at the end ties
/// the pattern to the line's start or end. Upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern {
    /// The texts between the stars, in lower case. Never empty.
    pieces: Vec<String>,
    at_start: bool,
    at_end: bool,
}

impl From<String> for Pattern {
    fn from(text: String) -> Pattern {
        let text = text.to_ascii_lowercase();
        let (at_start, text) = text.strip_prefix('^').map_or((false, text.as_str()), |rest| (true, rest));
        let (at_end, text) = text.strip_suffix('$').map_or((false, text), |rest| (true, rest));
        Pattern { pieces: text.split('*').map(str::to_owned).collect(), at_start, at_end }
    }
}

impl Pattern {
    /// Whether the pattern fits `line`, which is one line in lower case.
    pub(super) fn fits(&self, line: &str) -> bool {
        let mut rest = line;
        for (index, piece) in self.pieces.iter().enumerate() {
            let tied_to_start = self.at_start && index == 0;
            let tied_to_end = self.at_end && index + 1 == self.pieces.len();
            let found = match (tied_to_start, tied_to_end) {
                (true, true) => (rest == piece).then_some(0),
                (true, false) => rest.starts_with(piece.as_str()).then_some(0),
                (false, true) => rest.ends_with(piece.as_str()).then(|| rest.len() - piece.len()),
                (false, false) => rest.find(piece.as_str()),
            };
            match found {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        true
    }

    /// Whether the pattern fits any line of `text`, which is in lower case.
    pub(super) fn fits_any_line(&self, text: &str) -> bool {
        // Most texts hold no piece at all; only then are the lines looked at.
        text.contains(self.needle()) && text.lines().any(|line| self.fits(line.trim()))
    }

    /// The longest text that every fitting line holds, in lower case.
    pub(super) fn needle(&self) -> &str {
        self.pieces.iter().max_by_key(|piece| piece.len()).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn fits(pattern: &str, line: &str) -> bool {
        Pattern::from(pattern.to_owned()).fits(&line.to_ascii_lowercase())
    }

    #[test]
    fn a_plain_pattern_is_found_anywhere_and_in_any_case() {
        assert!(fits("is not a Future", "error: `u32` is not a future"));
        assert!(!fits("is not a future", "the future is not a feature"));
    }

    #[test]
    fn a_star_stands_for_anything_in_between_and_keeps_the_order() {
        assert!(fits("operand type(s) for *: 'coroutine'", "unsupported operand type(s) for +: 'coroutine' and 'int'"));
        assert!(!fits("coroutine*was never awaited", "was never awaited by coroutine"));
    }

    #[test]
    fn ties_hold_the_pattern_to_the_ends_of_the_line() {
        assert!(fits("^TimeoutError$", "TimeoutError"));
        assert!(!fits("^TimeoutError$", "TimeoutError: timed out"));
        assert!(!fits("^TimeoutError", "raise TimeoutError"));
        assert!(fits("queues.*full$", "asyncio.queues.QueueFull"));
        assert!(!fits("queuefull$", "except QueueFull:"));
    }

    #[test]
    fn the_needle_is_the_longest_piece() {
        assert_eq!(Pattern::from("a*coroutine*b".to_owned()).needle(), "coroutine");
    }

    #[test]
    fn lines_are_looked_at_one_by_one() {
        let pattern = Pattern::from("^one*two$".to_owned());
        assert!(pattern.fits_any_line("zero\n  one and two\n"));
        assert!(!pattern.fits_any_line("one\ntwo\n"));
    }
}
