//! The program's own words, in every language; a missing translation does not compile.

mod checking;
mod health;
mod judging;
mod linear;
mod screen;
mod walking;

pub use checking::Checking;
pub use health::Health;
pub use judging::Judging;
pub use linear::Linear;
pub use screen::Screen;
pub use walking::Walking;

use crate::course::Language;

/// A text of the program.
pub trait Say {
    /// The text in `language`.
    fn say(&self, language: Language) -> String;
}

/// A language's own name, as its speakers write it.
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Zh => "中文",
    }
}
