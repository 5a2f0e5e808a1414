//! What is said about verdicts.

use super::Say;
use crate::course::{Language, Track};

/// A text about judging.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the texts say what they mean")]
pub enum Judging {
    Passed,
    Failed,
    DidNotCompile { track: Track },
    TestsDoNotFit,
    TimedOut,
    Crashed,
    Tampered,
    SetupProblem,
    TestsCount { passed: usize, total: usize },
    OwnTestsCount { passed: usize, total: usize },
    FaultsCount { caught: usize, total: usize },
    NoOwnTest { track: Track },
    FailsOnReference,
    Faults,
    CaughtBy { fault: String, test: String },
    CaughtByHanging { fault: String, test: String },
    CrashCatchesNothing { fault: String, test: String },
    Escaped { fault: String },
    FromCache,
    Took { track: Track, build_ms: u64, tests_ms: u64, isolation: String },
    Did,
    Expected,
    NeverWoken,
    Waiting,
    Busy,
    RuntimeStillRunning { track: Track },
    CompilerBusy,
    StillOpen { label: String, since: String },
    NothingRecorded,
    EndedEarly { code: i32 },
    Signal { signal: i32 },
    StackOverflow,
    OutOfMemory,
    Flooded,
    Tampering { what: String },
    Unnamed { track: Track, text: String },
    WholeTrace { command: String },
    Printed,
    Warnings { count: usize },
    Meaning,
    Fix,
    ReadOn { section: String },
    Criteria,
    CriterionHeld { text: String },
    CriterionMissing { text: String },
    Timeline { test: String },
    You,
    Reference,
    Legend,
    KeptAt { track: Track, path: String },
    MoreTests { count: usize },
    WaitingForOther { set: String },
    Fetching { set: String },
    Building { set: String, done: usize, total: usize },
    BuildingHarness,
    Compiling,
    Testing { tests: usize },
    BuildingReference,
}

impl Say for Judging {
    fn say(&self, language: Language) -> String {
        use Judging as J;
        use Language::{En, Zh};
        match (language, self) {
            (En, J::Passed) => "PASSED".into(),
            (Zh, J::Passed) => "通过".into(),
            (En, J::Failed) => "FAILED".into(),
            (Zh, J::Failed) => "未通过".into(),
            (En, J::DidNotCompile { track: Track::Rust }) => "DOES NOT COMPILE".into(),
            (Zh, J::DidNotCompile { track: Track::Rust }) => "无法编译".into(),
            (En, J::DidNotCompile { track: Track::Python }) => "CANNOT BE LOADED".into(),
            (Zh, J::DidNotCompile { track: Track::Python }) => "无法载入".into(),
            (En, J::TestsDoNotFit) => "THE TESTS DO NOT FIT: a name or a type that they use is not there any more".into(),
            (Zh, J::TestsDoNotFit) => "测试对不上：测试用到的名字或类型已不存在".into(),
            (En, J::TimedOut) => "TIMED OUT".into(),
            (Zh, J::TimedOut) => "超时".into(),
            (En, J::Crashed) => "CRASHED".into(),
            (Zh, J::Crashed) => "崩溃".into(),
            (En, J::Tampered) => "NOT COUNTED".into(),
            (Zh, J::Tampered) => "不予计入".into(),
            (En, J::SetupProblem) => "COULD NOT JUDGE".into(),
            (Zh, J::SetupProblem) => "无法判定".into(),
            (En, J::TestsCount { passed, total }) => format!("{passed} of {total} hidden tests passed"),
            (Zh, J::TestsCount { passed, total }) => format!("{total} 个隐藏测试中通过 {passed} 个"),
            (En, J::OwnTestsCount { passed, total: 1 }) => format!("{passed} of 1 test passed against the reference"),
            (En, J::OwnTestsCount { passed, total }) => format!("{passed} of {total} tests passed against the reference"),
            (Zh, J::OwnTestsCount { passed, total }) => format!("{total} 个测试在参考实现上通过了 {passed} 个"),
            (En, J::FaultsCount { caught, total }) => format!("{caught} of {total} faulty builds caught"),
            (Zh, J::FaultsCount { caught, total }) => format!("{total} 个有缺陷的版本中抓住了 {caught} 个"),
            (En, J::NoOwnTest { track: Track::Rust }) => {
                "There is no test in your file, so nothing was run. A test is a function under `#[tokio::test]` or `#[test]`; \
                 without the attribute it is a function that nobody calls."
                    .into()
            }
            (Zh, J::NoOwnTest { track: Track::Rust }) => {
                "你的文件里没有测试，所以什么也没有运行。测试是带有 `#[tokio::test]` 或 `#[test]` 的函数；没有这个属性，它只是一个没人调用的函数。".into()
            }
            (En, J::NoOwnTest { track: Track::Python }) => {
                "There is no test in your file, so nothing was run. pytest collects functions whose names begin with `test`, \
                 at the left margin or in classes whose names begin with `Test`."
                    .into()
            }
            (Zh, J::NoOwnTest { track: Track::Python }) => {
                "你的文件里没有测试，所以什么也没有运行。pytest 收集名字以 `test` 开头的函数，它们要么顶格定义，要么位于名字以 `Test` 开头的类中。".into()
            }
            (En, J::FailsOnReference) => {
                "It does not pass against the correct program, so it is the test that has to change. The faulty builds wait \
                 until every test passes there."
                    .into()
            }
            (Zh, J::FailsOnReference) => "它在正确的程序上没有通过，所以要改的是测试。所有测试都在那里通过之后，才会轮到有缺陷的版本。".into(),
            (En, J::Faults) => "Faulty builds".into(),
            (Zh, J::Faults) => "有缺陷的版本".into(),
            (En, J::CaughtBy { fault, test }) => format!("{fault}: caught by {test}"),
            (Zh, J::CaughtBy { fault, test }) => format!("{fault}：被 {test} 抓住"),
            (En, J::CaughtByHanging { fault, test }) => format!("{fault}: caught by {test}, which does not end on it"),
            (Zh, J::CaughtByHanging { fault, test }) => format!("{fault}：被 {test} 抓住，它在这个版本上无法结束"),
            (En, J::CrashCatchesNothing { fault, test }) => {
                format!("{fault}: escaped. The process of {test} ended without a result; only a test that fails catches anything.")
            }
            (Zh, J::CrashCatchesNothing { fault, test }) => {
                format!("{fault}：漏网。{test} 的进程没有给出结果就结束了；只有失败的测试才算抓住。")
            }
            (En, J::Escaped { fault }) => format!("{fault}: escaped, every test passed"),
            (Zh, J::Escaped { fault }) => format!("{fault}：漏网，所有测试都通过了"),
            (En, J::FromCache) => "same content as before, so the same verdict".into(),
            (Zh, J::FromCache) => "内容与之前相同，沿用之前的结果".into(),
            (En, J::Took { track: Track::Python, build_ms, tests_ms, isolation }) => {
                format!("ready in {build_ms} ms, tested in {tests_ms} ms, isolation {isolation}")
            }
            (Zh, J::Took { track: Track::Python, build_ms, tests_ms, isolation }) => {
                format!("就绪 {build_ms} ms，测试 {tests_ms} ms，隔离级别 {isolation}")
            }
            (En, J::Took { track: Track::Rust, build_ms, tests_ms, isolation }) => {
                format!("built in {build_ms} ms, tested in {tests_ms} ms, isolation {isolation}")
            }
            (Zh, J::Took { track: Track::Rust, build_ms, tests_ms, isolation }) => {
                format!("编译 {build_ms} ms，测试 {tests_ms} ms，隔离级别 {isolation}")
            }
            (En, J::Did) => "your code".into(),
            (Zh, J::Did) => "你的代码".into(),
            (En, J::Expected) => "expected".into(),
            (Zh, J::Expected) => "期望".into(),
            (En, J::NeverWoken) => {
                "It waited for something that never comes: no task was ready, and no timer was left that could wake one."
                    .into()
            }
            (Zh, J::NeverWoken) => "它在等待永远不会发生的事：没有就绪的任务，也没有能唤醒任务的定时器。".into(),
            (En, J::Waiting) => "It did not end in time. It was waiting, not computing: something never became ready.".into(),
            (Zh, J::Waiting) => "它没有按时结束。它在等待而不是在计算：有什么一直没有就绪。".into(),
            (En, J::Busy) => "It did not end in time. It was computing all the while: a loop that never ends, or never awaits.".into(),
            (Zh, J::Busy) => "它没有按时结束。它一直在计算：可能是死循环，或循环里没有 await。".into(),
            (En, J::RuntimeStillRunning { track: Track::Python }) => {
                "The test itself ended, but its loop could not: a job that it handed to a thread was still running.".into()
            }
            (Zh, J::RuntimeStillRunning { track: Track::Python }) => {
                "测试本身已结束，但事件循环无法结束：交给线程的工作仍在运行。".into()
            }
            (En, J::RuntimeStillRunning { track: Track::Rust }) => {
                "The test itself ended, but the runtime could not stop: a blocking task (`spawn_blocking`) was still running."
                    .into()
            }
            (Zh, J::RuntimeStillRunning { track: Track::Rust }) => "测试本身已结束，但运行时无法停止：仍有阻塞任务（`spawn_blocking`）在运行。".into(),
            (En, J::CompilerBusy) => "The compiler did not end within its limit; make the types or constants simpler.".into(),
            (Zh, J::CompilerBusy) => "编译器没有在限定时间内结束；请简化类型或常量。".into(),
            (En, J::StillOpen { label, since }) => format!("Last seen: `{label}`, begun at {since}, had not ended."),
            (Zh, J::StillOpen { label, since }) => format!("最后看到：`{label}` 于 {since} 开始，一直没有结束。"),
            (En, J::NothingRecorded) => "No operation had begun by then.".into(),
            (Zh, J::NothingRecorded) => "此前没有任何操作开始。".into(),
            (En, J::EndedEarly { code }) => {
                format!("The program ended itself (exit code {code}) before the test did, so there is no result.")
            }
            (Zh, J::EndedEarly { code }) => format!("程序在测试结束前自行退出（退出码 {code}），因此没有结果。"),
            (En, J::Signal { signal }) => format!("The program was ended by signal {signal} before the test ended."),
            (Zh, J::Signal { signal }) => format!("程序在测试结束前被信号 {signal} 终止。"),
            (En, J::StackOverflow) => "The stack overflowed: a function calls itself too deeply.".into(),
            (Zh, J::StackOverflow) => "栈溢出：函数递归过深。".into(),
            (En, J::OutOfMemory) => "It asked for more memory than a test may have (1 GiB).".into(),
            (Zh, J::OutOfMemory) => "它申请的内存超过了测试的上限（1 GiB）。".into(),
            (En, J::Flooded) => "It printed more than 16 MiB and was ended.".into(),
            (Zh, J::Flooded) => "它的输出超过 16 MiB，已被终止。".into(),
            (En, J::Tampering { what }) => format!("The result was not obtained in the one way that counts: {what}."),
            (Zh, J::Tampering { what }) => format!("结果不是以唯一有效的方式得到的：{what}。"),
            (En, J::Unnamed { track: Track::Rust, text }) => format!("It panicked: {text}"),
            (Zh, J::Unnamed { track: Track::Rust, text }) => format!("发生 panic：{text}"),
            (En, J::Unnamed { track: Track::Python, text }) => format!("It raised:\n{text}"),
            (Zh, J::Unnamed { track: Track::Python, text }) => format!("抛出了异常：\n{text}"),
            (En, J::WholeTrace { command }) => format!("Only frames of your file are shown; all of them: {command}"),
            (Zh, J::WholeTrace { command }) => format!("这里只显示你的文件中的栈帧；查看全部：{command}"),
            (En, J::Printed) => "printed".into(),
            (Zh, J::Printed) => "输出".into(),
            (En, J::Warnings { count: 1 }) => "1 warning".into(),
            (En, J::Warnings { count }) => format!("{count} warnings"),
            (Zh, J::Warnings { count }) => format!("{count} 个警告"),
            (En, J::Meaning) => "What it means".into(),
            (Zh, J::Meaning) => "含义".into(),
            (En, J::Fix) => "What to do".into(),
            (Zh, J::Fix) => "怎么改".into(),
            (En, J::ReadOn { section }) => format!("Read: awaitlings show {section}"),
            (Zh, J::ReadOn { section }) => format!("阅读：awaitlings show {section}"),
            (En, J::Criteria) => "Exit criteria".into(),
            (Zh, J::Criteria) => "结业标准".into(),
            (En, J::CriterionHeld { text }) => format!("[x] {text}"),
            (Zh, J::CriterionHeld { text }) => format!("[x] {text}"),
            (En, J::CriterionMissing { text }) => format!("[ ] {text}"),
            (Zh, J::CriterionMissing { text }) => format!("[ ] {text}"),
            (En, J::Timeline { test }) => format!("Timeline of {test}"),
            (Zh, J::Timeline { test }) => format!("{test} 的时间线"),
            (En, J::You) => "you".into(),
            (Zh, J::You) => "你".into(),
            (En, J::Reference) => "reference".into(),
            (Zh, J::Reference) => "参考".into(),
            (En, J::Legend) => "├─ started, waiting   ● done   ! error   ✕ cancelled   ▷ not ended".into(),
            (Zh, J::Legend) => "├─ 已开始、等待中   ● 完成   ! 出错   ✕ 被取消   ▷ 未结束".into(),
            (En, J::KeptAt { track: Track::Python, path }) => {
                format!("The folder is kept at {path}; `python -m pytest` there judges it again (see its README).")
            }
            (Zh, J::KeptAt { track: Track::Python, path }) => {
                format!("文件夹保留在 {path}；在那里运行 `python -m pytest` 可再次判定（见其中的 README）。")
            }
            (En, J::KeptAt { track: Track::Rust, path }) => format!("The temp crate is kept at {path}; `cargo test` there judges it again."),
            (Zh, J::KeptAt { track: Track::Rust, path }) => format!("临时 crate 保留在 {path}；在那里运行 `cargo test` 可再次判定。"),
            (En, J::MoreTests { count }) => format!("{count} more did not pass; the first one is the place to start."),
            (Zh, J::MoreTests { count }) => format!("另有 {count} 个未通过；先看第一个。"),
            (En, J::WaitingForOther { set }) => format!("another awaitlings is building the libraries ({set}); waiting for it"),
            (Zh, J::WaitingForOther { set }) => format!("另一个 awaitlings 正在构建依赖库（{set}），等待中"),
            (En, J::Fetching { set }) => format!("fetching the libraries ({set}), once per machine"),
            (Zh, J::Fetching { set }) => format!("正在获取依赖库（{set}），每台机器只需一次"),
            (En, J::Building { set, done, total }) => format!("building libraries {done}/{total} ({set}, once per machine)"),
            (Zh, J::Building { set, done, total }) => format!("正在构建依赖库 {done}/{total}（{set}，每台机器只需一次）"),
            (En, J::BuildingHarness) => "building the harness".into(),
            (Zh, J::BuildingHarness) => "正在构建测试支架".into(),
            (En, J::Compiling) => "compiling".into(),
            (Zh, J::Compiling) => "正在编译".into(),
            (En, J::Testing { tests }) => format!("running {tests} tests"),
            (Zh, J::Testing { tests }) => format!("正在运行 {tests} 个测试"),
            (En, J::BuildingReference) => "running the reference for its timeline, once".into(),
            (Zh, J::BuildingReference) => "正在运行参考解答以获取时间线，仅此一次".into(),
        }
    }
}
