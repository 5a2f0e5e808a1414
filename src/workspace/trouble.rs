//! Why a file could not be read or written, in the few kinds that call for different advice.

use crate::course::Language;
use std::io;

/// What the system said, sorted by what a person can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The person may not read or write it.
    NotAllowed,
    /// The disk can only be read.
    ReadOnly,
    /// The disk, or the person's share of it, is full.
    Full,
    /// It, or the folder it is in, does not exist (any more).
    Gone,
    /// A file is where a folder should be, or the other way round.
    InTheWay,
    /// Anything else, in the system's own words (English).
    Other(String),
}

impl From<&io::Error> for Trouble {
    fn from(error: &io::Error) -> Trouble {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Trouble::NotAllowed,
            io::ErrorKind::ReadOnlyFilesystem => Trouble::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Trouble::Full,
            io::ErrorKind::NotFound => Trouble::Gone,
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory | io::ErrorKind::AlreadyExists => {
                Trouble::InTheWay
            }
            _ => Trouble::Other(error.to_string()),
        }
    }
}

impl Trouble {
    /// What is wrong, as the end of a sentence.
    pub fn words(&self, language: Language) -> String {
        match (language, self) {
            (Language::En, Trouble::NotAllowed) => "you have no permission for it".into(),
            (Language::Zh, Trouble::NotAllowed) => "没有权限".into(),
            (Language::En, Trouble::ReadOnly) => "the disk is read-only".into(),
            (Language::Zh, Trouble::ReadOnly) => "磁盘是只读的".into(),
            (Language::En, Trouble::Full) => "the disk is full".into(),
            (Language::Zh, Trouble::Full) => "磁盘已满".into(),
            (Language::En, Trouble::Gone) => "it, or the folder it belongs in, does not exist".into(),
            (Language::Zh, Trouble::Gone) => "它或它所在的文件夹不存在".into(),
            (Language::En, Trouble::InTheWay) => {
                "a file is in the way of a folder there, or a folder in the way of a file".into()
            }
            (Language::Zh, Trouble::InTheWay) => "该位置有同名的文件或文件夹挡住了".into(),
            (_, Trouble::Other(words)) => words.clone(),
        }
    }

    /// What to do about it: a sentence.
    pub fn remedy(&self, language: Language) -> &'static str {
        match (language, self) {
            (Language::En, Trouble::NotAllowed) => "Change its permissions, or use a folder of your own.",
            (Language::Zh, Trouble::NotAllowed) => "请修改权限，或换用自己的文件夹。",
            (Language::En, Trouble::ReadOnly) => "Use a folder on a disk that can be written.",
            (Language::Zh, Trouble::ReadOnly) => "请换用可写磁盘上的文件夹。",
            (Language::En, Trouble::Full) => {
                "Make some room and try again; `awaitlings doctor` shows what awaitlings itself uses."
            }
            (Language::Zh, Trouble::Full) => "请腾出空间后重试；`awaitlings doctor` 会显示 awaitlings 占用的空间。",
            (Language::En, Trouble::Gone) => "Put it back, or make a new folder with `awaitlings init`.",
            (Language::Zh, Trouble::Gone) => "请把它放回原处，或用 `awaitlings init` 新建一个文件夹。",
            (Language::En, Trouble::InTheWay) => "Move or rename what is in the way and try again.",
            (Language::Zh, Trouble::InTheWay) => "请移走或重命名挡住的内容，然后重试。",
            (Language::En, Trouble::Other(_)) => "Check the disk and the folder and try again.",
            (Language::Zh, Trouble::Other(_)) => "请检查磁盘和文件夹后重试。",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_sorted_by_what_one_can_do() {
        for (kind, trouble) in [
            (io::ErrorKind::PermissionDenied, Trouble::NotAllowed),
            (io::ErrorKind::ReadOnlyFilesystem, Trouble::ReadOnly),
            (io::ErrorKind::StorageFull, Trouble::Full),
            (io::ErrorKind::QuotaExceeded, Trouble::Full),
            (io::ErrorKind::NotFound, Trouble::Gone),
            (io::ErrorKind::IsADirectory, Trouble::InTheWay),
            (io::ErrorKind::NotADirectory, Trouble::InTheWay),
        ] {
            assert_eq!(Trouble::from(&io::Error::from(kind)), trouble);
        }
        assert_eq!(Trouble::from(&io::Error::other("odd")), Trouble::Other("odd".into()));
    }

    #[test]
    fn a_full_device_is_told_as_a_full_disk() {
        let error = std::fs::write("/dev/full", "x").unwrap_err();
        assert_eq!(Trouble::from(&error).words(Language::En), "the disk is full");
    }
}
