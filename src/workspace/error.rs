//! What can go wrong with the learner's folder, and the words for it.

use super::Trouble;
use crate::course::Language;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the learner's folder could not be made, changed or read. `Display` gives the English words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkspaceError {
    /// A file could not be read.
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// A file or folder could not be made or changed.
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// The place for the folder is a file.
    NotAFolder {
        /// Which.
        path: PathBuf,
    },
    /// The new folder would lie inside another learner's folder.
    Inside {
        /// The folder asked for.
        path: PathBuf,
        /// The one it lies in.
        outer: PathBuf,
    },
    /// A symbolic link is where a file is to be written.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A folder of the learner's folder is a link that leads out of it.
    LeadsOut {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A path of the plan, or an id, is not one that may be written inside the folder.
    BadName {
        /// The name.
        name: String,
    },
    /// The folder was written by a newer program.
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
    /// There is no backup that could be put back.
    NothingToUndo {
        /// The exercise's id.
        exercise: String,
    },
    /// The file changed between two looks at it; nothing was written.
    JustChanged {
        /// Which.
        path: PathBuf,
    },
    /// `awaitlings.toml` cannot be changed because it cannot be understood.
    Settings(Box<super::SettingsProblem>),
}

impl WorkspaceError {
    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> WorkspaceError {
        move |error| WorkspaceError::Read { path: path.to_owned(), trouble: Trouble::from(&error) }
    }

    pub(super) fn write(path: &Path) -> impl FnOnce(io::Error) -> WorkspaceError {
        move |error| WorkspaceError::Write { path: path.to_owned(), trouble: Trouble::from(&error) }
    }

    /// What happened, where, and what to do next.
    pub fn words(&self, language: Language) -> String {
        use WorkspaceError as E;
        match (language, self) {
            (Language::En, E::Read { path, trouble }) => {
                format!("Could not read {}: {}. {}", path.display(), trouble.words(language), trouble.remedy(language))
            }
            (Language::Zh, E::Read { path, trouble }) => {
                format!("无法读取 {}：{}。{}", path.display(), trouble.words(language), trouble.remedy(language))
            }
            (Language::En, E::Write { path, trouble }) => {
                format!("Could not write {}: {}. {}", path.display(), trouble.words(language), trouble.remedy(language))
            }
            (Language::Zh, E::Write { path, trouble }) => {
                format!("无法写入 {}：{}。{}", path.display(), trouble.words(language), trouble.remedy(language))
            }
            (Language::En, E::NotAFolder { path }) => format!(
                "{} is a file, so the exercises cannot go there. Choose another folder: `awaitlings init FOLDER`.",
                path.display()
            ),
            (Language::Zh, E::NotAFolder { path }) => {
                format!("{} 是文件，不能在这里放练习。请另选文件夹：`awaitlings init 文件夹`。", path.display())
            }
            (Language::En, E::Inside { path, outer }) => format!(
                "{} lies inside {}, which is an awaitlings folder already. Work there, or choose a place outside of it.",
                path.display(),
                outer.display()
            ),
            (Language::Zh, E::Inside { path, outer }) => format!(
                "{} 位于 {} 之内，而后者已经是 awaitlings 文件夹。请在那里练习，或选择它之外的位置。",
                path.display(),
                outer.display()
            ),
            (Language::En, E::Link { path }) => format!(
                "{} is a symbolic link, and awaitlings does not write through links. Replace it with a file of its own.",
                path.display()
            ),
            (Language::Zh, E::Link { path }) => {
                format!("{} 是符号链接，awaitlings 不会通过链接写入。请用普通文件替换它。", path.display())
            }
            (Language::En, E::LeadsOut { path, target }) => format!(
                "{} is a link that leads out of the folder, to {}; nothing was written there. Replace it with a folder.",
                path.display(),
                target.display()
            ),
            (Language::Zh, E::LeadsOut { path, target }) => format!(
                "{} 是指向文件夹之外（{}）的链接，因此没有写入。请用普通文件夹替换它。",
                path.display(),
                target.display()
            ),
            (Language::En, E::BadName { name }) => format!(
                "The course wants to write {name:?}, which is no name inside the folder; nothing was written. \
                 Check the names of the course's modules and exercises with `awaitlings course check`."
            ),
            (Language::Zh, E::BadName { name }) => format!(
                "课程要写入 {name:?}，但它不是文件夹内的合法名称，因此没有写入。\
                 请用 `awaitlings course check` 检查课程的模块名和练习名。"
            ),
            (Language::En, E::Newer { path, version }) => format!(
                "{} was written by a newer awaitlings (version {version} of the file); nothing was changed. \
                 Update awaitlings and try again.",
                path.display()
            ),
            (Language::Zh, E::Newer { path, version }) => format!(
                "{} 由更新版本的 awaitlings 写入（文件版本 {version}），因此没有改动。请升级 awaitlings 后重试。",
                path.display()
            ),
            (Language::En, E::NothingToUndo { exercise }) => {
                format!("There is no earlier version of {exercise} to put back. It has not been reset.")
            }
            (Language::Zh, E::NothingToUndo { exercise }) => {
                format!("{exercise} 没有可以恢复的旧版本：它还没有被重置过。")
            }
            (Language::En, E::JustChanged { path }) => {
                format!("{} was saved at this very moment, so it was left alone. Try again.", path.display())
            }
            (Language::Zh, E::JustChanged { path }) => {
                format!("{} 刚刚被保存，因此没有改动它。请重试。", path.display())
            }
            (Language::En, E::Settings(problem)) => format!("Nothing was changed. {}", problem.words(language)),
            (Language::Zh, E::Settings(problem)) => format!("没有做任何改动。{}", problem.words(language)),
        }
    }
}

impl fmt::Display for WorkspaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::En))
    }
}

impl std::error::Error for WorkspaceError {}
