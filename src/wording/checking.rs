//! What is said about checking a course.

use super::Say;
use crate::course::Language;

/// A text about checking a course.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the texts say what they mean")]
pub enum Checking {
    Summary { total: usize, failed: usize },
    LeftOut,
    NothingToCheck,
}

impl Say for Checking {
    fn say(&self, language: Language) -> String {
        use Checking as C;
        use Language::{En, Zh};
        match (language, self) {
            (En, C::Summary { total, failed: 0 }) => format!("{total} checked, all is well"),
            (Zh, C::Summary { total, failed: 0 }) => format!("共检查 {total} 项，全部正常"),
            (En, C::Summary { total, failed }) => format!("{total} checked, {failed} with problems"),
            (Zh, C::Summary { total, failed }) => format!("共检查 {total} 项，{failed} 项有问题"),
            (En, C::LeftOut) => "not everything could be checked:".into(),
            (Zh, C::LeftOut) => "有些内容无法检查：".into(),
            (En, C::NothingToCheck) => "nothing matches; `awaitlings list` shows what the course has".into(),
            (Zh, C::NothingToCheck) => "没有匹配的内容；`awaitlings list` 可列出课程内容".into(),
        }
    }
}
