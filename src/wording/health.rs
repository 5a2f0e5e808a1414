//! What `doctor` says.

use super::Say;
use crate::course::Language;

/// A finding about the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the texts say what they mean")]
pub enum Health {
    Compiler { version: String },
    NoCompiler { why: String },
    Linker { path: String },
    NoLinker,
    Python { version: String, path: String },
    NoPython { why: String },
    PythonPackages { made_by: String },
    NoPythonPackages,
    IsolationOne,
    IsolationZero,
    Folder { path: String },
    NoFolder,
    Course { title: String, exercises: usize, problems: usize },
    Disk { path: String },
    Cleaned { megabytes: u64 },
}

impl Say for Health {
    fn say(&self, language: Language) -> String {
        use Health as H;
        use Language::{En, Zh};
        match (language, self) {
            (En, H::Compiler { version }) => format!("Rust: {version}"),
            (Zh, H::Compiler { version }) => format!("Rust：{version}"),
            (En, H::NoCompiler { why }) => format!("Rust: {why}"),
            (Zh, H::NoCompiler { why }) => format!("Rust：{why}"),
            (En, H::Linker { path }) => format!("linker: {path}"),
            (Zh, H::Linker { path }) => format!("链接器：{path}"),
            (En, H::NoLinker) => {
                "linker: no `cc` on PATH; install a C compiler (Debian: apt install gcc; macOS: xcode-select --install)"
                    .into()
            }
            (Zh, H::NoLinker) => {
                "链接器：PATH 中没有 `cc`；请安装 C 编译器（Debian：apt install gcc；macOS：xcode-select --install）"
                    .into()
            }
            (En, H::Python { version, path }) => format!("Python: {version} ({path})"),
            (Zh, H::Python { version, path }) => format!("Python：{version}（{path}）"),
            (En, H::PythonPackages { made_by }) => format!("Python's packages: installed, by {made_by}"),
            (Zh, H::PythonPackages { made_by }) => format!("Python 依赖包：已由 {made_by} 安装"),
            (En, H::NoPythonPackages) => {
                "Python's packages: not installed yet; the first Python verdict or `awaitlings doctor --prepare` does"
                    .into()
            }
            (Zh, H::NoPythonPackages) => {
                "Python 依赖包：尚未安装；第一次判定 Python 解答或 `awaitlings doctor --prepare` 时会安装".into()
            }
            (En, H::NoPython { why }) => format!("Python: {why}"),
            (Zh, H::NoPython { why }) => format!("Python：{why}"),
            (En, H::IsolationOne) => {
                "isolation L1: solutions see no files but their own, no network, no other processes".into()
            }
            (Zh, H::IsolationOne) => "隔离级别 L1：解答只能看到自己的文件，没有网络，也不能启动其他进程".into(),
            (En, H::IsolationZero) => {
                "isolation L0: limits and time-outs only; Landlock and seccomp (Linux 5.13 or newer) are not there"
                    .into()
            }
            (Zh, H::IsolationZero) => {
                "隔离级别 L0：只有资源限制和超时；没有 Landlock 与 seccomp（需要 Linux 5.13 或更新）".into()
            }
            (En, H::Folder { path }) => format!("your folder: {path}"),
            (Zh, H::Folder { path }) => format!("练习文件夹：{path}"),
            (En, H::NoFolder) => "your folder: none yet (`awaitlings init dojo` makes one)".into(),
            (Zh, H::NoFolder) => "练习文件夹：还没有（`awaitlings init dojo` 可创建）".into(),
            (En, H::Course { title, exercises, problems }) => {
                format!("course: {title}, {exercises} exercises, {problems} problems")
            }
            (Zh, H::Course { title, exercises, problems }) => {
                format!("课程：{title}，{exercises} 个练习，{problems} 处问题")
            }
            (En, H::Disk { path }) => format!("on disk, in {path} (`awaitlings doctor --clean` empties it):"),
            (Zh, H::Disk { path }) => format!("磁盘占用，位于 {path}（`awaitlings doctor --clean` 可清空）："),
            (En, H::Cleaned { megabytes }) => {
                format!("{megabytes} MB freed; the libraries are built again when they are needed")
            }
            (Zh, H::Cleaned { megabytes }) => format!("已释放 {megabytes} MB；需要时会重新构建依赖库"),
        }
    }
}
