//! What is said about problems of the machine or the course.

use super::output::harmless;
use super::setup::{Remedy, SetupError, Step};
use crate::course::Language;
use crate::wording::Say;

impl Say for SetupError {
    /// What happened and what to do, without control characters: much of it quotes programs.
    fn say(&self, language: Language) -> String {
        harmless(&words(self, language))
    }
}

fn words(error: &SetupError, language: Language) -> String {
    use Language::{En, Zh};
    use SetupError as E;
    match (language, error) {
        (En, E::NoCompiler) => {
            "no `rustc` was found on PATH; install Rust from https://rustup.rs and try again".into()
        }
        (Zh, E::NoCompiler) => "PATH 中没有 `rustc`；请从 https://rustup.rs 安装 Rust 后重试".into(),
        (En, E::BrokenCompiler { path, what }) => {
            format!("`{}` did not tell its version: {what}; run it by hand, or `awaitlings doctor`", path.display())
        }
        (Zh, E::BrokenCompiler { path, what }) => {
            format!("`{}` 没有给出版本：{what}；请手动运行它，或运行 `awaitlings doctor`", path.display())
        }
        (En, E::Set { set, said, remedy }) => {
            format!("failed to build the dependency set `{set}`{}", advised(language, *remedy, said))
        }
        (Zh, E::Set { set, said, remedy }) => format!("无法构建依赖库 `{set}`{}", advised(language, *remedy, said)),
        (En, E::UnknownSet(set)) => {
            format!("the course has no dependency set `{set}`; add `[sets.{set}]` to course.toml")
        }
        (Zh, E::UnknownSet(set)) => format!("课程没有依赖库 `{set}`；请在 course.toml 中加上 `[sets.{set}]`"),
        (En, E::Harness(said)) => format!("failed to build the course's harness (exercises/harness/rust):\n{said}"),
        (Zh, E::Harness(said)) => format!("无法构建课程的测试支架（exercises/harness/rust）：\n{said}"),
        (En, E::HiddenTests { exercise, what }) => format!("the hidden tests of `{exercise}` cannot be used: {what}"),
        (Zh, E::HiddenTests { exercise, what }) => format!("`{exercise}` 的隐藏测试无法使用：{what}"),
        (En, E::Subject { module, what }) => {
            format!("the subject `{module}` does not compile; the exercise's folder `subject` is wrong:\n{what}")
        }
        (Zh, E::Subject { module, what }) => {
            format!("被测模块 `{module}` 无法编译；练习的 `subject` 文件夹有误：\n{what}")
        }
        (En, E::NoHiddenTest) => {
            "the exercise has no hidden test, so nothing can be judged; one is a test function in a module of rust/hidden.rs, \
             or a method `test_...` of a class `Test...` at the left margin of python/hidden.py"
                .into()
        }
        (Zh, E::NoHiddenTest) => {
            "练习没有隐藏测试，因此无法判定；隐藏测试是 rust/hidden.rs 某个模块里的测试函数，\
             或 python/hidden.py 中顶格的 `Test...` 类里的 `test_...` 方法"
                .into()
        }
        (En, E::NoPython { too_old: None }) => format!("no Python was found on PATH; {}", get_python(language)),
        (Zh, E::NoPython { too_old: None }) => format!("PATH 中没有 Python；{}", get_python(language)),
        (En, E::NoPython { too_old: Some(version) }) => {
            format!("the Python on PATH is {version}, which is too old; {}", get_python(language))
        }
        (Zh, E::NoPython { too_old: Some(version) }) => {
            format!("PATH 中的 Python 是 {version}，版本太旧；{}", get_python(language))
        }
        (En, E::NamedPython { path }) => format!(
            "`{}` is no Python 3.11 or newer; it is named by `--python`, by AWAITLINGS_PYTHON, or by `python` in \
             awaitlings.toml: name another, or none, and the one on PATH is taken",
            path.display()
        ),
        (Zh, E::NamedPython { path }) => format!(
            "`{}` 不是 Python 3.11 或更新的版本；它由 `--python`、AWAITLINGS_PYTHON 或 awaitlings.toml 的 `python` 指定：\
             请改为其他 Python，或不指定而使用 PATH 中的",
            path.display()
        ),
        (En, E::NoRequirements(set)) => format!(
            "the dependency set `{set}` has no Python side; add `requirements = \"...\"` to `[sets.{set}]` in course.toml"
        ),
        (Zh, E::NoRequirements(set)) => format!(
            "依赖库 `{set}` 没有 Python 部分；请在 course.toml 的 `[sets.{set}]` 中加上 `requirements = \"...\"`"
        ),
        (En, E::Environment { said, remedy }) => {
            format!("failed to set up Python's packages{}", advised(language, *remedy, said))
        }
        (Zh, E::Environment { said, remedy }) => {
            format!("无法安装 Python 依赖包{}", advised(language, *remedy, said))
        }
        (En, E::PythonServer(what)) => format!(
            "failed to run Python's tests; `awaitlings doctor --clean` and then `awaitlings doctor --prepare` set all \
             up again. What went wrong:\n{what}"
        ),
        (Zh, E::PythonServer(what)) => format!(
            "无法运行 Python 测试；先后运行 `awaitlings doctor --clean` 和 `awaitlings doctor --prepare` 可重新安装一切。\
             出错信息：\n{what}"
        ),
        (En, E::Isolation(what)) => format!("failed to isolate a program: {what}; run `awaitlings doctor`"),
        (Zh, E::Isolation(what)) => format!("无法隔离程序：{what}；请运行 `awaitlings doctor`"),
        (En, E::NoTrack { exercise, track }) => format!("`{exercise}` has no {track} form; choose the other track"),
        (Zh, E::NoTrack { exercise, track }) => format!("`{exercise}` 没有 {track} 版本；请选择另一种编程语言"),
        (En, E::Io { doing, why }) => format!("{} failed: {}", step(doing, language), why.words(language)),
        (Zh, E::Io { doing, why }) => format!("{}失败：{}", step(doing, language), why.words(language)),
        (En | Zh, E::Told(text)) => text.clone(),
    }
}

/// How to get a Python that is new enough.
fn get_python(language: Language) -> &'static str {
    match language {
        Language::En => {
            "3.11 or newer is needed: get it from https://python.org, your package manager (Debian: apt install \
             python3-venv) or uv (`uv python install`), or name one by `--python`; the Rust track works without"
        }
        Language::Zh => {
            "需要 3.11 或更新的版本：可从 https://python.org、系统的软件包管理器（Debian：apt install python3-venv）\
             或 uv（`uv python install`）获得，也可用 `--python` 指定；Rust 部分不受影响"
        }
    }
}

/// What helps, and what the tool said.
fn advised(language: Language, remedy: Option<Remedy>, said: &str) -> String {
    use Language::{En, Zh};
    match (language, remedy) {
        (En, None) => format!(": {said}"),
        (Zh, None) => format!("：{said}"),
        (En, Some(Remedy::Network)) => {
            format!(": a download failed, which is needed only once. Connect to the network and try again.\n{said}")
        }
        (Zh, Some(Remedy::Network)) => format!("：下载失败（只需下载一次）。请连接网络后重试。\n{said}"),
        (En, Some(Remedy::VenvPackage)) => format!(
            ": this Python cannot make virtual environments. Install its venv package (Debian: apt install \
             python3-venv), or uv.\n{said}"
        ),
        (Zh, Some(Remedy::VenvPackage)) => {
            format!(
                "：这个 Python 不能创建虚拟环境。请安装它的 venv 包（Debian：apt install python3-venv）或 uv。\n{said}"
            )
        }
    }
}

fn step(step: &Step, language: Language) -> String {
    use Language::{En, Zh};
    use Step as S;
    match (language, step) {
        (En, S::Cache) => "writing to the cache".into(),
        (Zh, S::Cache) => "写入缓存".into(),
        (En, S::CacheLock) => "locking the cache".into(),
        (Zh, S::CacheLock) => "锁定缓存".into(),
        (En, S::Libraries) => "building the libraries".into(),
        (Zh, S::Libraries) => "构建依赖库".into(),
        (En, S::Set(set)) => format!("building the dependency set `{set}`"),
        (Zh, S::Set(set)) => format!("构建依赖库 `{set}` "),
        (En, S::RustHarness) => "building the harness".into(),
        (Zh, S::RustHarness) => "构建测试支架".into(),
        (En, S::PythonHarness) => "writing Python's harness".into(),
        (Zh, S::PythonHarness) => "写入 Python 测试支架".into(),
        (En, S::PythonEnvironment) => "making Python's environment".into(),
        (Zh, S::PythonEnvironment) => "创建 Python 环境".into(),
        (En, S::StartingPython) => "starting Python".into(),
        (Zh, S::StartingPython) => "启动 Python ".into(),
        (En, S::Starting(program)) => format!("starting {program}"),
        (Zh, S::Starting(program)) => format!("启动 {program} "),
        (En, S::Compiler) => "running the compiler".into(),
        (Zh, S::Compiler) => "运行编译器".into(),
        (En, S::Cargo) => "running cargo".into(),
        (Zh, S::Cargo) => "运行 cargo ".into(),
        (En, S::TempCrate) => "writing the temp crate".into(),
        (Zh, S::TempCrate) => "写入临时 crate ".into(),
        (En, S::Subject(module)) => format!("building the subject `{module}`"),
        (Zh, S::Subject(module)) => format!("构建被测模块 `{module}` "),
        (En, S::HiddenTests) => "handing out the hidden tests".into(),
        (Zh, S::HiddenTests) => "准备隐藏测试".into(),
        (En, S::Kept) => "writing the folder to keep".into(),
        (Zh, S::Kept) => "写入要保留的文件夹".into(),
        (En, S::Channel) => "opening a channel".into(),
        (Zh, S::Channel) => "打开通道".into(),
        (En, S::Test(name)) => format!("running the test {name}"),
        (Zh, S::Test(name)) => format!("运行测试 {name} "),
        (En, S::Tests) => "running the tests".into(),
        (Zh, S::Tests) => "运行测试".into(),
        (En, S::Example) => "running the example".into(),
        (Zh, S::Example) => "运行示例".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn every_language_quotes_what_was_said_and_nothing_acts_on_a_terminal() {
        let said = "\u{1b}[31mno route\u{1b}[0m".to_owned();
        let error = SetupError::Environment { said, remedy: Some(Remedy::Network) };
        assert!(error.say(Language::En).contains("Connect to the network"));
        assert!(error.say(Language::Zh).contains("请连接网络"));
        for language in Language::ALL {
            let words = error.say(language);
            assert!(words.contains("no route") && !words.contains('\u{1b}'), "{words}");
        }
    }

    #[test]
    fn the_json_form_is_the_english_words() {
        let error = SetupError::NamedPython { path: PathBuf::from("/nowhere") };
        let text = serde_json::to_value(&error).unwrap();
        assert_eq!(text, error.to_string());
        let read: SetupError = serde_json::from_value(text).unwrap();
        assert_eq!(read.say(Language::Zh), error.say(Language::En));
    }
}
