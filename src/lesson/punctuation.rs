//! Where punctuation forbids a line break.
//!
//! UAX #14 already knows this; it is needed again where a word longer than the line must be broken
//! and the algorithm allows no break at all.

/// Whether a line may not start with what stands between `next` and `after`: closing punctuation.
/// ASCII punctuation counts only where a word does not go on behind it: `.await` may start a line.
pub(super) fn closes(next: char, after: Option<char>) -> bool {
    match next {
        ')' | ']' | '}' | '’' | '”' | '»' | '…' => true,
        ',' | '.' | ';' | ':' | '!' | '?' => !after.is_some_and(|char| char.is_alphanumeric() || char == '_'),
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '．' | '～' | '％' => true,
        '）' | '］' | '｝' | '」' | '』' | '】' | '》' | '〉' | '〕' | '〗' | '〙' | '〛' | '｠' | '｣' | '｡' | '､' => {
            true
        }
        _ => false,
    }
}

/// Whether a line may not end with `last`: opening punctuation.
pub(super) fn opens(last: char) -> bool {
    matches!(
        last,
        '(' | '['
            | '{'
            | '‘'
            | '“'
            | '«'
            | '（'
            | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '《'
            | '〈'
            | '〔'
            | '〖'
            | '〘'
            | '〚'
            | '｟'
            | '｢'
    )
}

/// Whether a soft line break in the source next to `char` stands for no space: Chinese and
/// Japanese punctuation brings its own.
pub(super) fn has_own_space(char: char) -> bool {
    matches!(char, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff65}')
}

/// Whether `char` is written without spaces between words.
pub(super) fn is_ideographic(char: char) -> bool {
    has_own_space(char)
        || matches!(char, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
