//! A code block and what its author said about it.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::visible::visible;

/// What is to be done with the code of a fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A whole program that the learner can run where it is read.
    Run,
    /// It compiles, and is not run.
    NoRun,
    /// It is shown because it does not compile, or ends with an error when it is run.
    Fails,
    /// It is not checked.
    Sketch,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 4] = [Mark::Run, Mark::NoRun, Mark::Fails, Mark::Sketch];

    /// The word in the info string: `run`, `no-run`, `fails`, `sketch`.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Run => "run",
            Mark::NoRun => "no-run",
            Mark::Fails => "fails",
            Mark::Sketch => "sketch",
        }
    }
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// Its place among the fences of the parsed document, from 0.
    pub index: usize,
    /// The first word of the info string: `rust`, `python`, `text`; empty where there is none.
    pub language: String,
    /// The marks in the info string, in its order.
    pub marks: Vec<Mark>,
    /// The dependency set that the code builds on, where `set=...` names one.
    pub set: Option<String>,
    /// Words of the info string that are no marks.
    pub unknown: Vec<String>,
    /// The code as written; every line ends with a line feed.
    pub text: String,
    /// The line of the opening fence, so that the code's first line is the one after it.
    pub line: usize,
}

impl Fence {
    pub(super) fn new(info: &str, line: usize) -> Fence {
        let mut words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        let mut fence = Fence {
            index: 0,
            language: words.next().unwrap_or_default().to_owned(),
            marks: Vec::new(),
            set: None,
            unknown: Vec::new(),
            text: String::new(),
            line,
        };
        for word in words {
            match (Mark::ALL.into_iter().find(|mark| mark.name() == word), word.strip_prefix("set=")) {
                (Some(mark), _) => fence.marks.push(mark),
                (None, Some(set)) => fence.set = Some(set.to_owned()),
                (None, None) => fence.unknown.push(word.to_owned()),
            }
        }
        fence
    }

    /// Whether the author set `mark`.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// What tells this code from other code: the same for the same language and text, in every
    /// document.
    pub fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.language, &self.text).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether both show the same code.
    pub(super) fn same(&self, other: &Fence) -> bool {
        self.language == other.language && self.text == other.text
    }

    /// The code as it is shown: tabs as spaces, no control characters.
    pub(super) fn display(&self) -> Cow<'_, str> {
        visible(&self.text)
    }
}
