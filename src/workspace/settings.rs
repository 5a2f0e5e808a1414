//! `awaitlings.toml`: the learner's choices. It also marks the folder as a learner's folder.
//!
//! ```toml
//! track = "rust"          # or "python"
//! language = "en"         # or "zh"
//! theme = "auto"          # or "light", "dark", "mono"
//! course = "../my-course" # a course other than the built-in one, seen from this folder
//! python = "python3.13"   # a Python other than the first on PATH
//! ```
//!
//! Every key may be missing. A mistake in one key costs that key, not the others: the default is used and the mistake
//! reported with its place. Changing a key keeps everything else in the file as the person wrote it.

use super::atomic::{self, Durable};
use super::{Position, SettingsMistake, SettingsProblem, WorkspaceError};
use crate::course::{Language, Track};
use std::io;
use std::path::{Path, PathBuf};
use toml_edit::{Document, DocumentMut, Item};

/// The keys that the file may have, in the order in which they are listed to people.
pub const KEYS: [&str; 5] = ["track", "language", "theme", "course", "python"];

/// Which colours the screen uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Whatever suits the terminal.
    #[default]
    Auto,
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// No colours.
    Mono,
}

impl Theme {
    /// All themes.
    pub const ALL: [Theme; 4] = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Mono];

    /// The name used in the file and in options.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Mono => "mono",
        }
    }
}

/// The learner's choices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The track to solve exercises in.
    pub track: Track,
    /// The language to read in.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The folder of another course, as written: absolute, or seen from the learner's folder.
    pub course: Option<PathBuf>,
    /// The Python to judge with, as written: a name on PATH, or a path, absolute or seen from the learner's folder.
    pub python: Option<PathBuf>,
}

/// One change to `awaitlings.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsChange {
    /// Solve exercises in this track.
    Track(Track),
    /// Read in this language.
    Language(Language),
    /// Use these colours.
    Theme(Theme),
    /// Use the course in this folder; `None`: the built-in one.
    Course(Option<PathBuf>),
}

impl Settings {
    /// The settings in a file, and its mistakes. A missing file is all defaults.
    pub fn read(path: &Path) -> (Settings, Vec<SettingsProblem>) {
        let problem = |position, mistake| SettingsProblem { path: path.to_owned(), position: Some(position), mistake };
        let text = match read_text(path) {
            Ok(text) => text.unwrap_or_default(),
            Err(problem) => return (Settings::default(), vec![problem]),
        };
        let document = match Document::parse(text.as_str()) {
            Ok(document) => document,
            Err(error) => return (Settings::default(), vec![syntax(path, &text, &error)]),
        };
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        for (name, item) in document.iter() {
            let key_at = document.key(name).and_then(|key| key.span()).map_or(0, |span| span.start);
            match settings.take(name, item) {
                Ok(()) => {}
                Err(mistake @ SettingsMistake::UnknownKey { .. }) => {
                    problems.push(problem(Position::of(&text, key_at), mistake));
                }
                Err(mistake) => {
                    let at = item.span().map_or(key_at, |span| span.start);
                    problems.push(problem(Position::of(&text, at), mistake));
                }
            }
        }
        (settings, problems)
    }

    fn take(&mut self, key: &str, item: &Item) -> Result<(), SettingsMistake> {
        let bad = |allowed: Vec<&'static str>| SettingsMistake::BadValue { key: key.to_owned(), allowed };
        let text = item.as_str();
        match key {
            "track" => {
                self.track =
                    text.and_then(Track::from_name).ok_or_else(|| bad(Track::ALL.map(Track::name).to_vec()))?;
            }
            "language" => {
                self.language = text
                    .and_then(Language::from_code)
                    .ok_or_else(|| bad(Language::ALL.map(Language::code).to_vec()))?;
            }
            "theme" => {
                self.theme = text
                    .and_then(|text| Theme::ALL.into_iter().find(|theme| theme.name() == text))
                    .ok_or_else(|| bad(Theme::ALL.map(Theme::name).to_vec()))?;
            }
            "course" => {
                let folder = text.filter(|text| !text.is_empty()).ok_or_else(|| bad(Vec::new()))?;
                self.course = Some(PathBuf::from(folder));
            }
            "python" => {
                let program = text.filter(|text| !text.is_empty()).ok_or_else(|| bad(Vec::new()))?;
                self.python = Some(PathBuf::from(program));
            }
            _ => return Err(SettingsMistake::UnknownKey { key: key.to_owned() }),
        }
        Ok(())
    }

    /// The file as it is first written, with its keys explained.
    pub fn text(&self) -> String {
        let course = match &self.course {
            Some(folder) => format!("course = {}", toml_edit::Value::from(folder.display().to_string())),
            None => "# course = \"../my-course\"".to_owned(),
        };
        let python = match &self.python {
            Some(program) => format!("python = {}", toml_edit::Value::from(program.display().to_string())),
            None => "# python = \"python3.13\"".to_owned(),
        };
        format!(
            "# What you chose in awaitlings. Change it here or in the program; your comments stay.\n\
             \n\
             # The track to solve exercises in: \"rust\" or \"python\".\n\
             track = \"{}\"\n\
             \n\
             # The language to read in: \"en\" or \"zh\".\n\
             language = \"{}\"\n\
             \n\
             # The colours: \"auto\", \"light\", \"dark\" or \"mono\".\n\
             theme = \"{}\"\n\
             \n\
             # A course other than the built-in one: its folder, seen from this one.\n\
             {course}\n\
             \n\
             # A Python other than the first on PATH: its name there, or its path.\n\
             {python}\n",
            self.track,
            self.language,
            self.theme.name(),
        )
    }

    /// Makes the changes in the file and keeps the rest of it, comments and line endings included. A file that cannot be
    /// understood is not touched.
    pub fn change(path: &Path, changes: &[SettingsChange]) -> Result<(), WorkspaceError> {
        let before = read_text(path).map_err(|problem| WorkspaceError::Settings(Box::new(problem)))?;
        let text = before.unwrap_or_else(|| Settings::default().text());
        let crlf = text.contains("\r\n");
        let mut document: DocumentMut =
            text.parse().map_err(|error| WorkspaceError::Settings(Box::new(syntax(path, &text, &error))))?;
        for change in changes {
            match change {
                SettingsChange::Track(track) => set(&mut document, "track", track.name()),
                SettingsChange::Language(language) => set(&mut document, "language", language.code()),
                SettingsChange::Theme(theme) => set(&mut document, "theme", theme.name()),
                SettingsChange::Course(Some(folder)) => set(&mut document, "course", &folder.display().to_string()),
                SettingsChange::Course(None) => {
                    document.remove("course");
                }
            }
        }
        let mut text = document.to_string();
        if crlf {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        atomic::write(path, text.as_bytes(), Durable::Now).map_err(WorkspaceError::write(path))
    }
}

/// Sets a key and keeps the comment behind its value.
fn set(document: &mut DocumentMut, key: &str, text: &str) {
    let mut value = toml_edit::Value::from(text);
    if let Some(old) = document.get(key).and_then(Item::as_value) {
        *value.decor_mut() = old.decor().clone();
    }
    document[key] = Item::Value(value);
}

/// The text of the file without a byte-order mark; `None` if there is no file.
fn read_text(path: &Path) -> Result<Option<String>, SettingsProblem> {
    let problem = |position, mistake| SettingsProblem { path: path.to_owned(), position, mistake };
    let bytes = match atomic::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(problem(None, SettingsMistake::Unreadable((&error).into()))),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(error) => {
            let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
            Err(problem(Some(Position::of(&valid, valid.len())), SettingsMistake::NotUtf8))
        }
    }
}

fn syntax(path: &Path, text: &str, error: &toml_edit::TomlError) -> SettingsProblem {
    SettingsProblem {
        path: path.to_owned(),
        position: Some(Position::of(text, error.span().map_or(0, |span| span.start))),
        mistake: SettingsMistake::Syntax(error.message().trim().to_owned()),
    }
}
