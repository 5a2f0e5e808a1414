//! What is said on the way through the course.

use super::Say;
use crate::course::Language;

/// A text about the way through the course.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the texts say what they mean")]
pub enum Walking {
    MadeFolder { path: String },
    KeptFile { path: String },
    AddedFiles { count: usize },
    UpdatedFile { path: String },
    NewerStub { path: String },
    RemovedFile { path: String },
    NextSteps,
    ReadFirst { command: String },
    ThenSolve { path: String, command: String },
    NextExercise { id: String, title: String },
    SolvedCount { solved: usize, total: usize },
    Percent { percent: u8 },
    MatrixLegend,
    Missing { ids: String },
    AllDone,
    EditFile { path: String },
    JudgeWith { command: String },
    HintWith { command: String },
    SolutionWith { command: String },
    DoctorWith { command: String },
    NoFolder,
    NoFile { path: String, command: String },
    UnknownExercise { id: String },
    UnknownPage { id: String },
    DidYouMean { id: String },
    NoSection { id: String, known: String },
    NotInTrack { id: String, track: String },
    Hint { number: usize, total: usize },
    NoMoreHints,
    NotSolved { id: String },
    SolutionTitle { id: String },
    DifferenceTitle,
    WhyTitle,
    TaskTitle,
    SameAsReference,
    ResetDone { path: String, backup: String },
    ResetFresh { path: String },
    AlreadyStub { path: String },
    ResetUndone { path: String },
    ReportWritten { path: String },
    Watching { path: String },
    Running,
    NothingLeft,
    Difficulty { level: u8 },
    Solved,
    Tried,
    Open,
    Lesson,
    Exercise,
    File,
    CourseProblems { count: usize },
    Examples { id: String, count: usize },
    NoSuchExample { number: usize, count: usize },
    ExampleOf { number: usize, count: usize },
    Interrupted,
    Prepared,
    FinishedModule { module: String },
}

impl Say for Walking {
    fn say(&self, language: Language) -> String {
        use Language::{En, Zh};
        use Walking as W;
        match (language, self) {
            (En, W::MadeFolder { path }) => format!("Made your folder: {path}"),
            (Zh, W::MadeFolder { path }) => format!("已创建练习文件夹：{path}"),
            (En, W::KeptFile { path }) => format!("left alone, it was there before: {path}"),
            (Zh, W::KeptFile { path }) => format!("已存在，保持原样：{path}"),
            (En, W::AddedFiles { count }) => format!("{count} files added"),
            (Zh, W::AddedFiles { count }) => format!("新增 {count} 个文件"),
            (En, W::UpdatedFile { path }) => format!("updated to the course's new version: {path}"),
            (Zh, W::UpdatedFile { path }) => format!("已更新到课程的新版本：{path}"),
            (En, W::NewerStub { path }) => {
                format!(
                    "the course has a newer start for {path}; yours is edited, so it was left alone (`awaitlings reset` takes the new one)"
                )
            }
            (Zh, W::NewerStub { path }) => {
                format!("课程为 {path} 提供了新的起始代码；你的文件已修改，因此未动（`awaitlings reset` 可换成新的）")
            }
            (En, W::RemovedFile { path }) => format!("no longer in the course, removed: {path}"),
            (Zh, W::RemovedFile { path }) => format!("课程中已没有，已移除：{path}"),
            (En, W::NextSteps) => "What to do next".into(),
            (Zh, W::NextSteps) => "接下来".into(),
            (En, W::ReadFirst { command }) => format!("read    {command}"),
            (Zh, W::ReadFirst { command }) => format!("阅读    {command}"),
            (En, W::ThenSolve { path, command }) => format!("solve   {path}\n  judge   {command}"),
            (Zh, W::ThenSolve { path, command }) => format!("解题    {path}\n  判定    {command}"),
            (En, W::NextExercise { id, title }) => format!("Next exercise: {title} ({id})"),
            (Zh, W::NextExercise { id, title }) => format!("下一个练习：{title}（{id}）"),
            (En, W::SolvedCount { solved, total }) => format!("{solved} of {total} exercises solved"),
            (Zh, W::SolvedCount { solved, total }) => format!("已完成 {solved}/{total} 个练习"),
            (En, W::Percent { percent }) => format!("{percent} % of the exit criteria's evidence"),
            (Zh, W::Percent { percent }) => format!("结业标准的证据已达 {percent}%"),
            (En, W::MatrixLegend) => "✓ shown   ~ partly   - missing   · no exercise asks for it".into(),
            (Zh, W::MatrixLegend) => "✓ 已达成   ~ 部分达成   - 缺少   · 没有练习涉及".into(),
            (En, W::Missing { ids }) => format!("missing: {ids}"),
            (Zh, W::Missing { ids }) => format!("尚缺：{ids}"),
            (En, W::AllDone) => "Everything is solved: the course is finished. Well done.".into(),
            (Zh, W::AllDone) => "全部完成，课程结业。干得漂亮！".into(),
            (En, W::EditFile { path }) => format!("edit    {path}"),
            (Zh, W::EditFile { path }) => format!("编辑    {path}"),
            (En, W::JudgeWith { command }) => format!("judge   {command}"),
            (Zh, W::JudgeWith { command }) => format!("判定    {command}"),
            (En, W::HintWith { command }) => format!("stuck?  {command}"),
            (Zh, W::HintWith { command }) => format!("卡住了  {command}"),
            (En, W::DoctorWith { command }) => format!("What is installed and what is missing: {command}"),
            (Zh, W::DoctorWith { command }) => format!("查看已安装和缺少的组件：{command}"),
            (En, W::SolutionWith { command }) => {
                format!("Compare with the reference, and read why it works: {command}")
            }
            (Zh, W::SolutionWith { command }) => format!("对照参考解答，看看为什么可行：{command}"),
            (En, W::NoFolder) => {
                "There is no learner's folder here. Make one with `awaitlings init dojo`, or go into yours.".into()
            }
            (Zh, W::NoFolder) => "这里没有练习文件夹。用 `awaitlings init dojo` 创建一个，或进入已有的文件夹。".into(),
            (En, W::NoFile { path, command }) => format!("{path} is not there. Put the start back with `{command}`."),
            (Zh, W::NoFile { path, command }) => format!("找不到 {path}。用 `{command}` 恢复起始代码。"),
            (En, W::UnknownExercise { id }) => format!("There is no exercise `{id}`; `awaitlings list` shows all."),
            (Zh, W::UnknownExercise { id }) => format!("没有名为 `{id}` 的练习；`awaitlings list` 可列出全部。"),
            (En, W::UnknownPage { id }) => {
                format!("There is no lesson or exercise `{id}`; `awaitlings list` shows all.")
            }
            (Zh, W::UnknownPage { id }) => format!("没有名为 `{id}` 的课文或练习；`awaitlings list` 可列出全部。"),
            (En, W::DidYouMean { id }) => format!("Did you mean `{id}`?"),
            (Zh, W::DidYouMean { id }) => format!("你是不是想输入 `{id}`？"),
            (En, W::NoSection { id, known }) => format!("There is no section `{id}`; there are {known}."),
            (Zh, W::NoSection { id, known }) => format!("没有名为 `{id}` 的小节；现有：{known}。"),
            (En, W::NotInTrack { id, track }) => {
                format!("`{id}` does not exist in the {track} track yet; choose the other with --track.")
            }
            (Zh, W::NotInTrack { id, track }) => format!("`{id}` 暂无 {track} 版本；请用 --track 选择另一种语言。"),
            (En, W::Hint { number, total }) => format!("Hint {number} of {total}"),
            (Zh, W::Hint { number, total }) => format!("提示 {number}/{total}"),
            (En, W::NoMoreHints) => "That was the last hint; all of them:".into(),
            (Zh, W::NoMoreHints) => "提示已全部给出：".into(),
            (En, W::NotSolved { id }) => {
                format!(
                    "`{id}` is not solved yet. Try `awaitlings hint {id}` first; `awaitlings solution {id} --reveal` shows it all the same."
                )
            }
            (Zh, W::NotSolved { id }) => {
                format!(
                    "`{id}` 尚未完成。可先试试 `awaitlings hint {id}`；执意查看请用 `awaitlings solution {id} --reveal`。"
                )
            }
            (En, W::SolutionTitle { id }) => format!("The reference solution of {id}"),
            (Zh, W::SolutionTitle { id }) => format!("{id} 的参考解答"),
            (En, W::DifferenceTitle) => "From yours (-) to the reference (+)".into(),
            (Zh, W::DifferenceTitle) => "从你的代码（-）到参考解答（+）".into(),
            (En, W::WhyTitle) => "Why it works".into(),
            (Zh, W::WhyTitle) => "为什么可行".into(),
            (En, W::TaskTitle) => "Task".into(),
            (Zh, W::TaskTitle) => "任务".into(),
            (En, W::SameAsReference) => "Yours is the same as the reference.".into(),
            (Zh, W::SameAsReference) => "你的代码与参考解答相同。".into(),
            (En, W::ResetDone { path, backup }) => {
                format!("{path} is back at its start; your version is kept in {backup}")
            }
            (Zh, W::ResetDone { path, backup }) => format!("{path} 已恢复为起始代码；你的版本保存在 {backup}"),
            (En, W::ResetFresh { path }) => format!("{path} is back at its start"),
            (Zh, W::ResetFresh { path }) => format!("{path} 已恢复为起始代码"),
            (En, W::AlreadyStub { path }) => format!("{path} is at its start already"),
            (Zh, W::AlreadyStub { path }) => format!("{path} 本来就是起始代码"),
            (En, W::ResetUndone { path }) => format!("{path} is back as it was before the reset"),
            (Zh, W::ResetUndone { path }) => format!("{path} 已恢复为重置之前的内容"),
            (En, W::ReportWritten { path }) => format!("wrote the report to {path}"),
            (Zh, W::ReportWritten { path }) => format!("报告已写入 {path}"),
            (En, W::Watching { path }) => format!("watching {path}; save it to judge, Ctrl-C to stop"),
            (Zh, W::Watching { path }) => format!("正在监视 {path}；保存即判定，Ctrl-C 结束"),
            (En, W::Running) => "saved; judging".into(),
            (Zh, W::Running) => "已保存，正在判定".into(),
            (En, W::NothingLeft) => "Every exercise of this track is solved. Name one to judge it again.".into(),
            (Zh, W::NothingLeft) => "本语言的练习已全部完成。指定练习名可再次判定。".into(),
            (En, W::Difficulty { level }) => format!("difficulty {level} of 5"),
            (Zh, W::Difficulty { level }) => format!("难度 {level}/5"),
            (En, W::Solved) => "solved".into(),
            (Zh, W::Solved) => "已完成".into(),
            (En, W::Tried) => "tried".into(),
            (Zh, W::Tried) => "尝试过".into(),
            (En, W::Open) => "open".into(),
            (Zh, W::Open) => "未开始".into(),
            (En, W::Lesson) => "lesson".into(),
            (Zh, W::Lesson) => "课文".into(),
            (En, W::Exercise) => "exercise".into(),
            (Zh, W::Exercise) => "练习".into(),
            (En, W::File) => "file".into(),
            (Zh, W::File) => "文件".into(),
            (En, W::CourseProblems { count: 1 }) => {
                "The course has 1 problem; `awaitlings course check` shows it.".into()
            }
            (En, W::CourseProblems { count }) => {
                format!("The course has {count} problems; `awaitlings course check` shows them.")
            }
            (Zh, W::CourseProblems { count }) => format!("课程有 {count} 处问题；`awaitlings course check` 可查看。"),
            (En, W::Examples { id, count }) => {
                format!("{count} examples of this page run here: awaitlings show {id} --run N")
            }
            (Zh, W::Examples { id, count }) => format!("本页有 {count} 个示例可以运行：awaitlings show {id} --run N"),
            (En, W::NoSuchExample { number, count }) => {
                format!("There is no example {number}; this page has {count} that run.")
            }
            (Zh, W::NoSuchExample { number, count }) => {
                format!("没有第 {number} 个示例；本页可运行的示例有 {count} 个。")
            }
            (En, W::ExampleOf { number, count }) => format!("Example {number} of {count}"),
            (Zh, W::ExampleOf { number, count }) => format!("示例 {number}/{count}"),
            (En, W::Prepared) => "All libraries are built; no exercise has to wait for them.".into(),
            (Zh, W::Prepared) => "依赖库已全部构建，练习无需再等待。".into(),
            (En, W::Interrupted) => "interrupted".into(),
            (Zh, W::Interrupted) => "已中断".into(),
            (En, W::FinishedModule { module }) => format!("That was the last exercise of {module}."),
            (Zh, W::FinishedModule { module }) => format!("{module} 的练习已全部完成。"),
        }
    }
}
