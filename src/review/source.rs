//! A file's text, and the way from byte offsets to lines and columns.

use super::finding::Place;
use crate::course::Track;
use std::path::{Path, PathBuf};

/// A file that is read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// How it is shown: as the person named it, with `/` between folders.
    pub name: String,
    /// Its language.
    pub track: Track,
    /// Its text, without a byte order mark.
    pub text: String,
    /// Whether findings in it are shown; files read only for their definitions are not.
    pub asked_for: bool,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file of this text.
    pub fn new(path: &Path, track: Track, text: String, asked_for: bool) -> SourceFile {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let line_starts = std::iter::once(0).chain(memchr_lines(&text)).collect();
        let name = path.to_string_lossy().replace('\\', "/");
        let name = name.strip_prefix("./").unwrap_or(&name).to_owned();
        SourceFile { path: path.to_owned(), name, track, text, asked_for, line_starts }
    }

    /// Line and column, both from one, of a byte offset.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let before = self.text.get(self.line_starts[line]..offset).unwrap_or("");
        (line as u32 + 1, before.chars().count() as u32 + 1)
    }

    /// The place of a range of bytes.
    pub fn place(&self, start: usize, end: usize) -> Place {
        let (line, column) = self.line_column(start);
        let (end_line, end_column) = self.line_column(end.max(start));
        Place { file: self.name.clone(), line, column, end_line, end_column }
    }

    /// The text of a line, counted from one, without its end.
    pub fn line(&self, line: u32) -> &str {
        let at = (line as usize).saturating_sub(1);
        let Some(start) = self.line_starts.get(at) else { return "" };
        let end = self.line_starts.get(at + 1).copied().unwrap_or(self.text.len());
        self.text[*start..end].trim_end_matches(['\n', '\r'])
    }

    /// How many lines the file has.
    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }
}

fn memchr_lines(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1)
}
