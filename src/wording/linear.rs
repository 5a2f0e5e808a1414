//! What is said between prompts.

use super::Say;
use crate::course::Language;

/// A text of the prompts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the texts say what they mean")]
pub enum Linear {
    Commands,
    NoEditor { path: String },
}

impl Say for Linear {
    fn say(&self, language: Language) -> String {
        use Language::{En, Zh};
        match (language, self) {
            (En, Linear::Commands) => "\
Commands: task, read [LESSON], example NUMBER, edit, judge, hint, solution, next, go EXERCISE, reset, undo, list, progress,
status, lang, track, quit.
The name before the prompt is the exercise that they are about."
                .into(),
            (Zh, Linear::Commands) => "\
命令：task 任务，read [课文] 阅读，example 编号 运行示例，edit 编辑，judge 判定，hint 提示，solution 解答，next 下一题，go 练习名，\
reset 恢复，undo 撤销恢复，list 目录，progress 进度，status 现状，lang 语言，track 编程语言，quit 退出。
提示符前的名字是这些命令针对的练习。"
                .into(),
            (En, Linear::NoEditor { path }) => {
                format!("Neither VISUAL nor EDITOR names an editor. Edit {path} in any, then type judge.")
            }
            (Zh, Linear::NoEditor { path }) => {
                format!("VISUAL 和 EDITOR 都没有指定编辑器。请用任意编辑器编辑 {path}，然后输入 judge。")
            }
        }
    }
}
