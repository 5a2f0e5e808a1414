//! The tokens of code. Slow at first (the grammars take milliseconds to load and to warm up), so it
//! is a step of its own that may run on another thread; nothing else waits for it.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::block::Document;
use super::fence::Fence;
use super::line::{Line, Span};
use super::style::{Style, Token};
use super::visible::visible;

/// The grammars of a few hundred languages; immutable, and loaded when the first code is highlighted.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// What a grammar's scopes mean to us; the first prefix of the innermost scope decides.
static MEANINGS: LazyLock<Vec<(Scope, Token)>> = LazyLock::new(|| {
    let names = [
        ("comment", Token::Comment),
        ("string", Token::String),
        ("constant.character", Token::String),
        ("constant", Token::Constant),
        ("variable.annotation", Token::Macro),
        ("meta.annotation", Token::Macro),
        ("support.macro", Token::Macro),
        ("entity.name.macro", Token::Macro),
        ("keyword.operator.logical.python", Token::Keyword),
        ("keyword.operator", Token::Plain),
        ("keyword", Token::Keyword),
        ("storage", Token::Keyword),
        ("entity.name.function", Token::Function),
        ("support.function", Token::Function),
        ("variable.function", Token::Function),
        ("entity.name", Token::Type),
        ("support.type", Token::Type),
        ("support.class", Token::Type),
    ];
    names.into_iter().filter_map(|(name, token)| Some((Scope::new(name).ok()?, token))).collect()
});

/// Keywords of Rust that the grammar does not know: it is older than they are, or takes them for
/// part of a type's name in an `impl`.
const NEWER_KEYWORDS: [&str; 4] = ["async", "await", "dyn", "for"];

/// The tokens of a code block: where each ends in the fence's display text, in bytes, and what it
/// is. In rising order, without gaps; the end may be missing.
pub type Tokens = Vec<(usize, Token)>;

/// The tokens of `code`; none where the language is not known.
pub fn highlight(code: &str, language: &str) -> Tokens {
    let mut tokens = Tokens::new();
    let Some(grammar) = GRAMMARS.find_syntax_by_token(language).filter(|_| !language.is_empty()) else {
        return tokens;
    };
    let code = visible(code);
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        // A grammar that fails leaves the rest plain.
        let Ok(changes) = state.parse_line(line, &GRAMMARS) else { return tokens };
        let mut done = 0;
        for (at, change) in changes {
            add(&mut tokens, start + done, &line[done..at.max(done)], meaning(&scopes), language);
            done = at.max(done);
            if scopes.apply(&change).is_err() {
                return tokens;
            }
        }
        add(&mut tokens, start + done, &line[done..], meaning(&scopes), language);
        start += line.len();
    }
    tokens
}

/// Adds a piece of code that starts at `start`.
fn add(tokens: &mut Tokens, start: usize, piece: &str, token: Token, language: &str) {
    if language != "rust" || !matches!(token, Token::Plain | Token::Type) {
        return extend(tokens, start + piece.len(), token);
    }
    let mut end = start;
    for word in piece.split_inclusive(' ') {
        let name = word.trim_end_matches(' ');
        end += name.len();
        extend(tokens, end, if NEWER_KEYWORDS.contains(&name) { Token::Keyword } else { token });
        end += word.len() - name.len();
    }
    extend(tokens, end, Token::Plain);
}

/// Lets what follows the last token up to `end` be `token`.
fn extend(tokens: &mut Tokens, end: usize, token: Token) {
    match tokens.last_mut() {
        Some((last, _)) if *last >= end => {}
        Some((last, same)) if *same == token => *last = end,
        _ if end == 0 => {}
        _ => tokens.push((end, token)),
    }
}

fn meaning(scopes: &ScopeStack) -> Token {
    let known =
        |scope: &Scope| MEANINGS.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|&(_, token)| token);
    scopes.as_slice().iter().rev().find_map(known).unwrap_or(Token::Plain)
}

/// The tokens of code blocks that have been highlighted, kept for every layout that shows them.
#[derive(Debug, Clone, Default)]
pub struct Highlights {
    tokens: HashMap<u64, Tokens>,
}

impl Highlights {
    /// The tokens of all fences of a document.
    pub fn of(document: &Document) -> Highlights {
        let mut highlights = Highlights::default();
        for fence in document.fences() {
            highlights.tokens.entry(fence.key()).or_insert_with(|| highlight(&fence.text, &fence.language));
        }
        highlights
    }

    /// Whether the tokens of this code are here.
    pub fn has(&self, fence: &Fence) -> bool {
        self.tokens.contains_key(&fence.key())
    }

    /// Adds tokens that were found elsewhere.
    pub fn insert(&mut self, fence: &Fence, tokens: Tokens) {
        self.tokens.insert(fence.key(), tokens);
    }

    /// Gives the code in `lines` its tokens, as far as they are here.
    pub fn paint(&self, lines: &mut [Line]) {
        for line in lines {
            let is_code = |span: &Span| matches!(span.style, Style::Source { .. });
            if line.spans.iter().any(is_code) {
                line.spans = line.spans.drain(..).flat_map(|span| self.split(span)).collect();
            }
        }
    }

    fn split(&self, span: Span) -> Vec<Span> {
        let Style::Source { key, at } = span.style else { return vec![span] };
        let Some(tokens) = self.tokens.get(&key) else { return vec![span] };
        let offset = at as usize;
        let first = tokens.partition_point(|&(end, _)| end <= offset);
        let mut spans = Vec::new();
        let mut start = 0;
        for &(end, token) in &tokens[first..] {
            let end = (end - offset).min(span.text.len());
            // Tokens of other code under the same key could end within a character.
            let Some(part) = span.text.get(start..end) else { break };
            spans.push(Span::new(part, Style::Token(token)));
            start = end;
            if start == span.text.len() {
                return spans;
            }
        }
        spans.extend(span.text.get(start..).map(|rest| Span::new(rest, Style::Token(Token::Plain))));
        spans
    }
}
