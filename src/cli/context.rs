//! What most commands start from, as the command line asks for it.

use super::args::{Choices, LanguageChoice};
use crate::session::Asked;
pub(super) use crate::session::{Context, outline};

impl From<&Choices> for Asked {
    fn from(choices: &Choices) -> Asked {
        Asked {
            course: choices.course.clone(),
            language: choices.lang.and_then(LanguageChoice::one),
            both_languages: choices.lang == Some(LanguageChoice::Both),
            track: choices.track,
            python: choices.python.clone(),
        }
    }
}
