//! A course's files, read once: from the binary or from a folder.

use super::Problem;
use include_dir::{Dir, DirEntry, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::ops::Bound;
use std::path::Path;

static LESSONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lessons");
static EXERCISES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/exercises");
static SOLUTIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/solutions");
static COURSE: &[u8] = include_bytes!("../../course.toml");

/// The folders of a course that are read; whatever else lies beside them is none of its business.
const PARTS: [&str; 3] = ["lessons", "exercises", "solutions"];

/// The largest file that a course may have, in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// How deep folders may be nested below the course's folder.
const DEEPEST: usize = 8;

/// The bytes of every file of a course, by path with `/` between its parts.
#[derive(Debug, Default)]
pub struct Snapshot {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    problems: Vec<Problem>,
}

impl Snapshot {
    /// The built-in course.
    pub fn embedded() -> Snapshot {
        let mut snapshot = Snapshot::default();
        snapshot.files.insert("course.toml".to_owned(), Cow::Borrowed(COURSE));
        for (part, dir) in PARTS.into_iter().zip([&LESSONS, &EXERCISES, &SOLUTIONS]) {
            snapshot.embed(part, dir);
        }
        snapshot
    }

    fn embed(&mut self, part: &str, dir: &Dir<'static>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => self.embed(part, dir),
                DirEntry::File(file) => {
                    let path = format!("{part}/{}", file.path().display()).replace('\\', "/");
                    self.files.insert(path, Cow::Borrowed(file.contents()));
                }
            }
        }
    }

    /// The course in a folder.
    ///
    /// # Errors
    /// When the folder itself or its `course.toml` cannot be read; anything else is a [`Problem`].
    pub fn folder(root: &Path) -> io::Result<Snapshot> {
        let mut snapshot = Snapshot::default();
        snapshot.files.insert("course.toml".to_owned(), Cow::Owned(fs::read(root.join("course.toml"))?));
        for part in PARTS {
            if root.join(part).symlink_metadata().is_ok() {
                snapshot.walk(root, part.to_owned(), 1);
            }
        }
        Ok(snapshot)
    }

    fn walk(&mut self, root: &Path, path: String, depth: usize) {
        match self.visit(root, &path, depth) {
            Ok(children) => children.into_iter().for_each(|child| self.walk(root, child, depth + 1)),
            Err(what) => self.problems.push(Problem::of_file(path, what)),
        }
    }

    /// Takes one entry in and returns what lies below it.
    fn visit(&mut self, root: &Path, path: &str, depth: usize) -> Result<Vec<String>, String> {
        let unreadable = |error: io::Error| format!("cannot be read: {error}");
        let full = root.join(path);
        let kind = full.symlink_metadata().map_err(unreadable)?;
        if kind.is_symlink() {
            return Err("is a symbolic link; a course's files must lie in its own folder, so copy the file here".into());
        }
        if kind.is_dir() {
            if depth > DEEPEST {
                return Err(format!("is nested more than {DEEPEST} folders deep; move it up"));
            }
            let children = children(&full, path).map_err(unreadable)?;
            if children.is_empty() {
                return Err("is an empty folder; put something in, or remove it".to_owned());
            }
            return Ok(children);
        }
        if !kind.is_file() {
            return Err("is neither a file nor a folder; remove it from the course".into());
        }
        if kind.len() > LARGEST_FILE {
            return Err(format!("has {} bytes; a course's file may have {LARGEST_FILE}", kind.len()));
        }
        let mut bytes = Vec::new();
        fs::File::open(&full).map_err(unreadable)?.take(LARGEST_FILE).read_to_end(&mut bytes).map_err(unreadable)?;
        self.files.insert(path.to_owned(), Cow::Owned(bytes));
        Ok(Vec::new())
    }

    /// What could not be taken in.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Every path below `folder`, relative to it.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> {
        let prefix = format!("{folder}/");
        // Sorted: what begins alike stands together.
        let from = self.files.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
        from.map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// A file's text without byte order mark and with line feeds only; none if there is no such file.
    ///
    /// # Errors
    /// When the bytes are not UTF-8.
    pub fn text(&self, path: &str) -> Option<Result<String, Problem>> {
        let bytes = self.files.get(path)?;
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let what = "is not UTF-8 text here; save the file as UTF-8";
                return Some(Err(Problem::at_offset(path, &valid, valid.len(), what)));
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Some(Ok(if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() }))
    }

    /// A digest of all files: equal exactly for equal courses.
    pub fn digest(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for (path, bytes) in &self.files {
            hash.update((path.len() as u64).to_le_bytes());
            hash.update(path);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        format!("{:x}", hash.finalize())
    }
}

fn children(folder: &Path, path: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "__pycache__" && name != "target" {
            names.push(format!("{path}/{name}"));
        }
    }
    names.sort();
    Ok(names)
}
