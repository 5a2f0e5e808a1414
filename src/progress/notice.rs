//! What a person must know about the store of progress. None of it stops the work.

use super::read::Damage;
use crate::course::Language;
use crate::workspace::{Position, Trouble};
use std::fmt;
use std::path::PathBuf;

/// Something that happened to the store. `Display` gives the English words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged.
    Damaged {
        /// Which.
        file: PathBuf,
        /// How.
        damage: Damage,
        /// What became of it.
        set_aside: SetAside,
        /// Whether progress was taken from the backup; otherwise it starts anew.
        backup_used: bool,
    },
    /// The file was gone and progress was taken from the backup.
    Missing {
        /// The file.
        file: PathBuf,
        /// The backup.
        backup: PathBuf,
    },
    /// The file is from a newer program; it is read and not written.
    Newer {
        /// Which.
        file: PathBuf,
        /// Its version.
        version: i64,
    },
    /// The file cannot be read; nothing is written over it.
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// Progress could not be saved.
    NotSaved {
        /// Where.
        file: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// Progress was saved, without a backup of what was before.
    NoBackup {
        /// The backup.
        file: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// The disk has no locks.
    NoLock {
        /// The folder.
        folder: PathBuf,
    },
    /// What could not be saved before is saved now.
    SavedAgain {
        /// Where.
        file: PathBuf,
    },
}

/// What became of a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAside {
    /// It is kept under this name.
    As(PathBuf),
    /// It is where it was, and nothing is written over it.
    Not(Trouble),
}

impl Notice {
    /// What happened, where, and what to do.
    pub fn words(&self, language: Language) -> String {
        use Language::{En, Zh};
        match (language, self) {
            (En, Notice::Damaged { file, damage, set_aside, backup_used }) => format!(
                "Your progress in {} is damaged: {}. {} {}",
                file.display(),
                damage.words(language),
                if *backup_used {
                    "The backup was taken instead, so at most the last change is missing."
                } else {
                    "There is no good backup, so progress starts anew."
                },
                set_aside.words(language),
            ),
            (Zh, Notice::Damaged { file, damage, set_aside, backup_used }) => format!(
                "进度文件 {} 已损坏：{}。{}{}",
                file.display(),
                damage.words(language),
                if *backup_used {
                    "已改用备份，最多只缺少最后一次改动。"
                } else {
                    "没有可用的备份，进度将重新开始。"
                },
                set_aside.words(language),
            ),
            (En, Notice::Missing { file, backup }) => format!(
                "{} was gone; your progress was taken from the backup. To start anew, delete {} as well.",
                file.display(),
                backup.display()
            ),
            (Zh, Notice::Missing { file, backup }) => format!(
                "{} 不见了，已从备份恢复进度。如果想重新开始，请同时删除 {}。",
                file.display(),
                backup.display()
            ),
            (En, Notice::Newer { file, version }) => format!(
                "{} was written by a newer awaitlings (version {version} of the file). It is only read; what you do now is \
                 not saved. Update awaitlings.",
                file.display()
            ),
            (Zh, Notice::Newer { file, version }) => format!(
                "{} 由更新版本的 awaitlings 写入（文件版本 {version}），只能读取，现在的进度不会保存。请升级 awaitlings。",
                file.display()
            ),
            (En, Notice::Unreadable { file, trouble }) => format!(
                "Your progress in {} cannot be read: {}. It is left as it is; what you do now is not saved. {}",
                file.display(),
                trouble.words(language),
                trouble.remedy(language)
            ),
            (Zh, Notice::Unreadable { file, trouble }) => format!(
                "无法读取进度文件 {}：{}。文件保持原样，现在的进度不会保存。{}",
                file.display(),
                trouble.words(language),
                trouble.remedy(language)
            ),
            (En, Notice::NotSaved { file, trouble }) => format!(
                "Your progress cannot be saved in {}: {}. Work on: it is kept in memory, and saving is tried again with every \
                 run. {}",
                file.display(),
                trouble.words(language),
                trouble.remedy(language)
            ),
            (Zh, Notice::NotSaved { file, trouble }) => format!(
                "无法把进度保存到 {}：{}。可以继续练习：进度暂存在内存中，每次运行都会再次尝试保存。{}",
                file.display(),
                trouble.words(language),
                trouble.remedy(language)
            ),
            (En, Notice::NoBackup { file, trouble }) => format!(
                "Your progress is saved, but its backup {} cannot be written: {}. {}",
                file.display(),
                trouble.words(language),
                trouble.remedy(language)
            ),
            (Zh, Notice::NoBackup { file, trouble }) => format!(
                "进度已保存，但无法写入备份 {}：{}。{}",
                file.display(),
                trouble.words(language),
                trouble.remedy(language)
            ),
            (En, Notice::NoLock { folder }) => format!(
                "The disk of {} has no locks. Use one awaitlings at a time there, or one may overwrite the other's progress.",
                folder.display()
            ),
            (Zh, Notice::NoLock { folder }) => format!(
                "{} 所在的磁盘不支持文件锁。请一次只运行一个 awaitlings，否则它们可能互相覆盖进度。",
                folder.display()
            ),
            (En, Notice::SavedAgain { file }) => {
                format!("Your progress is saved again in {}; there is nothing to do.", file.display())
            }
            (Zh, Notice::SavedAgain { file }) => {
                format!("进度已重新保存到 {}，无需其他操作。", file.display())
            }
        }
    }
}

impl SetAside {
    fn words(&self, language: Language) -> String {
        use Language::{En, Zh};
        match (language, self) {
            (En, SetAside::As(path)) => format!("The damaged file is kept as {}.", path.display()),
            (Zh, SetAside::As(path)) => format!("损坏的文件保留为 {}。", path.display()),
            (En, SetAside::Not(trouble)) => format!(
                "The damaged file could not be set aside ({}), so nothing is written and what you do now is not saved. {}",
                trouble.words(language),
                trouble.remedy(language)
            ),
            (Zh, SetAside::Not(trouble)) => format!(
                "损坏的文件无法移开（{}），因此不会写入，现在的进度不会保存。{}",
                trouble.words(language),
                trouble.remedy(language)
            ),
        }
    }
}

impl Damage {
    /// What is wrong, as a part of a sentence.
    pub fn words(&self, language: Language) -> String {
        use Language::{En, Zh};
        match (language, self) {
            (En, Damage::NotText) => "it is not UTF-8 text".into(),
            (Zh, Damage::NotText) => "不是 UTF-8 文本".into(),
            (En, Damage::NoVersion) => "it is empty or has no version".into(),
            (Zh, Damage::NoVersion) => "文件为空或没有版本号".into(),
            (En, Damage::Form { position: Some(Position { line, column }), message }) => {
                format!("line {line}, column {column}: {message}")
            }
            (Zh, Damage::Form { position: Some(Position { line, column }), message }) => {
                format!("第 {line} 行第 {column} 列：{message}")
            }
            (En | Zh, Damage::Form { position: None, message }) => message.clone(),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_says_what_happened_where_and_what_to_do_in_both_languages() {
        let file = || PathBuf::from("/dojo/progress.toml");
        let damaged = |damage, set_aside, backup_used| Notice::Damaged { file: file(), damage, set_aside, backup_used };
        let form = Damage::Form { position: Some(Position { line: 3, column: 4 }), message: "odd".into() };
        for notice in [
            damaged(Damage::NotText, SetAside::As(file()), true),
            damaged(Damage::NoVersion, SetAside::Not(Trouble::ReadOnly), false),
            damaged(form, SetAside::As(file()), false),
            Notice::Missing { file: file(), backup: file() },
            Notice::Newer { file: file(), version: 2 },
            Notice::Unreadable { file: file(), trouble: Trouble::NotAllowed },
            Notice::NotSaved { file: file(), trouble: Trouble::Full },
            Notice::NotSaved { file: file(), trouble: Trouble::ReadOnly },
            Notice::NotSaved { file: file(), trouble: Trouble::Gone },
            Notice::NotSaved { file: file(), trouble: Trouble::Other("odd".into()) },
            Notice::NoBackup { file: file(), trouble: Trouble::InTheWay },
            Notice::NoLock { folder: file() },
            Notice::SavedAgain { file: file() },
        ] {
            let (en, zh) = (notice.words(Language::En), notice.words(Language::Zh));
            for words in [&en, &zh] {
                assert!(words.contains("/dojo/progress.toml"), "{words}");
            }
            assert!(en.ends_with('.') && zh.ends_with('。'), "{en}\n{zh}");
            assert!(en.is_ascii() && !zh.is_ascii(), "{en}\n{zh}");
        }
    }

    #[test]
    fn a_damaged_file_reads_like_this() {
        let damage =
            Damage::Form { position: Some(Position { line: 3, column: 4 }), message: "unclosed string".into() };
        let set_aside = SetAside::As("/dojo/progress.toml.damaged-1".into());
        let notice = Notice::Damaged { file: "/dojo/progress.toml".into(), damage, set_aside, backup_used: true };
        assert_eq!(
            notice.to_string(),
            "Your progress in /dojo/progress.toml is damaged: line 3, column 4: unclosed string. The backup was taken instead, \
             so at most the last change is missing. The damaged file is kept as /dojo/progress.toml.damaged-1."
        );
    }
}
