//! Mistakes in `awaitlings.toml`, and the words for them.

use super::settings::KEYS;
use super::{Position, Trouble};
use crate::course::Language;
use std::fmt;
use std::path::PathBuf;

/// A mistake and its place. `Display` gives the English words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsProblem {
    /// The file.
    pub path: PathBuf,
    /// The place in it, if there is one.
    pub position: Option<Position>,
    /// What is wrong there.
    pub mistake: SettingsMistake,
}

/// What is wrong in `awaitlings.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsMistake {
    /// The file cannot be read.
    Unreadable(Trouble),
    /// The file is no text.
    NotUtf8,
    /// The file is no TOML; the parser's words (English).
    Syntax(String),
    /// There is no such setting.
    UnknownKey {
        /// As written.
        key: String,
    },
    /// The setting cannot have this value.
    BadValue {
        /// The setting.
        key: String,
        /// The values it can have; empty: any text.
        allowed: Vec<&'static str>,
    },
}

impl SettingsProblem {
    /// `file:line:column: what is wrong`, and what to do.
    pub fn words(&self, language: Language) -> String {
        let place = match self.position {
            Some(Position { line, column }) => format!("{}:{line}:{column}", self.path.display()),
            None => self.path.display().to_string(),
        };
        let what = self.mistake.words(language);
        match language {
            Language::En => format!("{place}: {what}"),
            Language::Zh => format!("{place}：{what}"),
        }
    }
}

impl SettingsMistake {
    fn words(&self, language: Language) -> String {
        use SettingsMistake as M;
        match (language, self) {
            (Language::En, M::Unreadable(trouble)) => {
                format!("could not be read: {}. {}", trouble.words(language), trouble.remedy(language))
            }
            (Language::Zh, M::Unreadable(trouble)) => {
                format!("无法读取：{}。{}", trouble.words(language), trouble.remedy(language))
            }
            (Language::En, M::NotUtf8) => "this is not UTF-8 text. Save the file as UTF-8.".into(),
            (Language::Zh, M::NotUtf8) => "不是 UTF-8 文本。请把文件另存为 UTF-8 编码。".into(),
            (Language::En, M::Syntax(message)) => {
                format!("this is not TOML: {message}. Correct it; until then the defaults are used.")
            }
            (Language::Zh, M::Syntax(message)) => {
                format!("不是合法的 TOML：{message}。请改正；在此之前使用默认设置。")
            }
            (Language::En, M::UnknownKey { key }) => {
                format!("there is no setting {key:?}. The settings are {}.", KEYS.join(", "))
            }
            (Language::Zh, M::UnknownKey { key }) => {
                format!("没有名为 {key:?} 的设置。可用的设置有：{}。", KEYS.join("、"))
            }
            (Language::En, M::BadValue { key, allowed }) if allowed.is_empty() => {
                format!("{key} must be a text in quotes, such as \"../my-course\". Until then the default is used.")
            }
            (Language::Zh, M::BadValue { key, allowed }) if allowed.is_empty() => {
                format!("{key} 必须是带引号的文本，例如 \"../my-course\"。在此之前使用默认值。")
            }
            (Language::En, M::BadValue { key, allowed }) => {
                format!("{key} must be one of {}. Until then the default is used.", quoted(allowed, ", "))
            }
            (Language::Zh, M::BadValue { key, allowed }) => {
                format!("{key} 必须是以下之一：{}。在此之前使用默认值。", quoted(allowed, "、"))
            }
        }
    }
}

fn quoted(values: &[&str], separator: &str) -> String {
    values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(separator)
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::En))
    }
}

impl std::error::Error for SettingsProblem {}
