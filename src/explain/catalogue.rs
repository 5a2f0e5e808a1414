//! The embedded rows, and what makes finding them cheap.

use super::{Explanation, Symptom};
use crate::course::Track;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::cell::OnceCell;
use std::sync::LazyLock;

const RUST: [&str; 2] = [include_str!("catalogue/rust-compile.toml"), include_str!("catalogue/rust-run.toml")];
const PYTHON: [&str; 1] = [include_str!("catalogue/python.toml")];

/// Bytes of notes that are looked at; a diagnostic can be megabytes long.
const NOTES: usize = 64 * 1024;

/// The rows of one track, in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Catalogue {
    explanations: Vec<Explanation>,
    /// Finds, in one pass over a text, the places where a row could fit; none when the rows could not be loaded.
    needles: Option<AhoCorasick>,
    /// For each needle the index of its row.
    rows: Vec<usize>,
}

/// Why embedded rows could not be read. A test keeps this from happening in a released program.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    /// A file is not TOML of the expected form.
    #[error("failed to read the explanations")]
    Read(#[from] toml::de::Error),
    /// The search over all rows could not be built.
    #[error("failed to prepare the search for explanations")]
    Search(#[from] aho_corasick::BuildError),
}

#[derive(Deserialize)]
struct File {
    explanation: Vec<Explanation>,
}

/// The rows of `track`. Were the embedded data faulty there would be none: explanations are an extra, and their lack
/// must not keep anyone from a verdict.
pub(super) fn of(track: Track) -> &'static Catalogue {
    static RUST_ROWS: LazyLock<Catalogue> = LazyLock::new(|| load(Track::Rust).unwrap_or_else(|_| Catalogue::empty()));
    static PYTHON_ROWS: LazyLock<Catalogue> =
        LazyLock::new(|| load(Track::Python).unwrap_or_else(|_| Catalogue::empty()));
    match track {
        Track::Rust => &RUST_ROWS,
        Track::Python => &PYTHON_ROWS,
    }
}

/// Reads the embedded rows of `track`.
pub(super) fn load(track: Track) -> Result<Catalogue, LoadError> {
    let files: &[&str] = match track {
        Track::Rust => &RUST,
        Track::Python => &PYTHON,
    };
    let mut explanations = Vec::new();
    for text in files {
        let file: File = toml::from_str(text)?;
        explanations.extend(file.explanation.into_iter().map(|row| Explanation { track, ..row }));
    }
    Catalogue::new(explanations)
}

impl Catalogue {
    fn new(explanations: Vec<Explanation>) -> Result<Catalogue, LoadError> {
        let (rows, needles): (Vec<usize>, Vec<&str>) = explanations
            .iter()
            .enumerate()
            .flat_map(|(row, it)| it.matcher.needles().into_iter().map(move |needle| (row, needle)))
            .unzip();
        let needles = AhoCorasick::builder().ascii_case_insensitive(true).build(needles)?;
        Ok(Catalogue { needles: Some(needles), rows, explanations })
    }

    fn empty() -> Catalogue {
        Catalogue { explanations: Vec::new(), needles: None, rows: Vec::new() }
    }

    /// All rows.
    pub(super) fn explanations(&self) -> impl Iterator<Item = &Explanation> {
        self.explanations.iter()
    }

    /// The row of that index.
    pub(super) fn row(&self, index: usize) -> &Explanation {
        &self.explanations[index]
    }

    /// Where in `text` a row could fit: pairs of byte offset and row index.
    pub(super) fn candidates(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let hits = self.needles.iter().flat_map(move |needles| needles.find_overlapping_iter(text));
        hits.map(|hit| (hit.start(), self.rows[hit.pattern().as_usize()]))
    }

    /// The first row that fits a diagnostic.
    pub(super) fn explain(&self, symptom: &Symptom) -> Option<&Explanation> {
        let text = symptom.text.to_ascii_lowercase();
        let notes = OnceCell::new();
        let fits = |row: &&Explanation| {
            text.lines().any(|line| {
                row.matcher.fits(symptom.code.as_deref(), line.trim(), || notes.get_or_init(|| joined(symptom)))
            })
        };
        self.explanations.iter().find(fits)
    }
}

/// The notes of `symptom` in lower case, one after the other, cut where they become long.
fn joined(symptom: &Symptom) -> String {
    let mut joined = String::new();
    for note in &symptom.notes {
        let room = NOTES.saturating_sub(joined.len());
        joined.push_str(&note[..note.floor_char_boundary(room)]);
        joined.push('\n');
    }
    joined.make_ascii_lowercase();
    joined
}
