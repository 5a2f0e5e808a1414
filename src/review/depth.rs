//! How deep a text nests, estimated from its characters before any parser sees it.
//!
//! Parsers and tree walks recurse; a text of a million brackets would end the process. The estimate counts open brackets,
//! indentation, and within each bracket the operators since the last separator, since those become a chain in the tree.

use crate::course::Track;

/// Texts deeper than this are not parsed. CPython itself stops at 200 brackets; machine-made sums and chains go further.
pub const LIMIT: usize = 4_000;

/// An upper bound of the depth of the text's syntax tree, roughly.
pub fn estimate(text: &str, track: Track) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut open: Vec<usize> = Vec::new();
    let (mut chain, mut sum, mut deepest) = (0usize, 0usize, 0usize);
    let (mut line_start, mut indent) = (true, 0usize);
    while at < bytes.len() {
        let byte = bytes[at];
        if line_start && track == Track::Python {
            let width = bytes[at..].iter().take_while(|byte| matches!(**byte, b' ' | b'\t')).count();
            indent = width;
            at += width;
            line_start = false;
            continue;
        }
        match byte {
            b'\n' => {
                line_start = true;
                if open.is_empty() && track == Track::Python {
                    chain = 0;
                }
            }
            b'#' if track == Track::Python => at += until_line_end(&bytes[at..]),
            b'/' if track == Track::Rust && bytes.get(at + 1) == Some(&b'/') => at += until_line_end(&bytes[at..]),
            b'"' => at += string(&bytes[at..], track),
            b'\'' if track == Track::Python => at += string(&bytes[at..], track),
            b'(' | b'[' | b'{' => {
                sum += chain + 1;
                open.push(chain);
                chain = 0;
            }
            b')' | b']' | b'}' => {
                if let Some(outer) = open.pop() {
                    sum = sum.saturating_sub(outer + 1);
                    // A closed bracket can go on as a chain, `f(a)(b).c`; a closed block mostly ends a statement.
                    let goes_on = byte != b'}' || track == Track::Python || continues(&bytes[at + 1..]);
                    chain = if goes_on { outer + 1 } else { 0 };
                }
            }
            b',' | b';' => chain = 0,
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'!' | b'~' | b'&' | b'|' | b'^' | b'<' | b'>' | b'=' | b'@'
            | b'?' | b':' => {
                chain += 1;
            }
            b' ' if word_operator(&bytes[at + 1..]) => chain += 1,
            _ => {}
        }
        deepest = deepest.max(sum + chain + indent / 2);
        at += 1;
    }
    deepest
}

/// Whether a block goes on behind its end: `} else`, `}.method()`, `}?`.
fn continues(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"else") || rest.starts_with(b".") || rest.starts_with(b"?") || rest.starts_with(b"as ")
}

fn word_operator(rest: &[u8]) -> bool {
    [
        &b"return "[..],
        b"break ",
        b"yield ",
        b"move ",
        b"async ",
        b"unsafe ",
        b"mut ",
        b"ref ",
        b"box ",
        b"dyn ",
        b"as ",
        b"not ",
        b"and ",
        b"or ",
        b"if ",
        b"else ",
        b"await ",
        b"lambda ",
        b"in ",
        b"is ",
    ]
    .iter()
    .any(|word| rest.starts_with(word))
}

fn until_line_end(rest: &[u8]) -> usize {
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()).saturating_sub(1)
}

/// How far the string that starts here goes, its closing quote not counted.
fn string(rest: &[u8], track: Track) -> usize {
    let quote = rest[0];
    let triple = track == Track::Python && rest.len() > 2 && rest[1] == quote && rest[2] == quote;
    let mut at = if triple { 3 } else { 1 };
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 1,
            b'\n' if !triple && track == Track::Python => return at - 1,
            byte if byte == quote && (!triple || rest[at..].starts_with(&[quote; 3])) => {
                return if triple { at + 2 } else { at };
            }
            _ => {}
        }
        at += 1;
    }
    // Not closed: read on behind the quote, so that brackets after a stray quote are still counted.
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_brackets_and_chains() {
        assert!((2..8).contains(&estimate("x = ((1))", Track::Python)));
        assert!(estimate(&"(".repeat(10_000), Track::Rust) > LIMIT);
        assert!(estimate(&"-".repeat(10_000), Track::Python) > LIMIT);
        assert!(estimate(&format!("x = {}y", "not ".repeat(10_000)), Track::Python) > LIMIT);
        assert!(estimate(&"[-1, 2.0], ".repeat(10_000), Track::Python) < 20);
        assert!(estimate(&"a = b + c\n".repeat(10_000), Track::Python) < 20);
    }

    #[test]
    fn strings_and_comments_do_not_count() {
        assert!(estimate("x = '((((((((((((((('", Track::Python) < 3);
        assert!(estimate("# (((((((((((((((((", Track::Python) < 3);
        assert!(estimate("// (((((((((((((((((", Track::Rust) < 3);
    }
}
