//! `awaitlings --plain`: the same way through the course as prompts and lines, without boxes, spinners and cursor
//! movement. Every answer is the output of the command of that name.

use super::args::{self, Choices, ScreenChoices};
use super::context::Context;
use super::{hint, init, list, progress, reset, run, show, solution, status};
use crate::course::{Language, Track};
use crate::wording::{Linear, Say};
use std::io::{BufRead, Write};
use std::path::Path;

pub(super) fn run(choices: &Choices, screen: &ScreenChoices) -> anyhow::Result<u8> {
    let mut choices = choices.clone();
    let context = Context::find(&choices)?;
    if context.workspace.is_none() {
        let folder = screen.folder.clone().unwrap_or_else(|| crate::tui::FOLDER.to_owned());
        super::print(init::make(&context, Path::new(&folder))?)?;
    } else {
        super::print(status::standing(&context))?;
    }
    super::print([String::new(), Linear::Commands.say(context.language)])?;
    let mut input = std::io::stdin().lock();
    let mut here = Here { exercise: next_open(&context), lesson: None };
    loop {
        let mut out = std::io::stdout().lock();
        write!(out, "\n{} > ", here.exercise.as_deref().unwrap_or("awaitlings"))?;
        out.flush()?;
        drop(out);
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(super::YES);
        }
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let named = Some(rest.trim()).filter(|rest| !rest.is_empty());
        if matches!(word, "q" | "quit" | "exit") {
            return Ok(super::YES);
        }
        let context = Context::find(&choices)?;
        match word {
            "lang" => choices.lang = Some(other_language(&context)),
            "track" => choices.track = Some(other_track(&context)),
            _ => tell(answer(&choices, &mut here, word, named), &context)?,
        }
    }
}

/// What commands are about until others are named.
struct Here {
    /// The exercise; it stays when it is solved, for its solution is read then.
    exercise: Option<String>,
    /// The lesson that was read last.
    lesson: Option<String>,
}

/// The next exercise that is not solved.
fn next_open(context: &Context) -> Option<String> {
    Some(context.exercise(None).ok()?.1.id.clone())
}

/// A command that fails ends nothing.
fn tell(answered: anyhow::Result<Option<u8>>, context: &Context) -> anyhow::Result<()> {
    match answered {
        Ok(Some(_)) => Ok(()),
        Ok(None) => super::print([Linear::Commands.say(context.language)]),
        Err(error) => super::print([format!("{error:#}")]),
    }
}

fn other_language(context: &Context) -> args::LanguageChoice {
    match context.language {
        Language::En => args::LanguageChoice::Zh,
        Language::Zh => args::LanguageChoice::En,
    }
}

fn other_track(context: &Context) -> Track {
    match context.track {
        Track::Rust => Track::Python,
        Track::Python => Track::Rust,
    }
}

/// Runs the command of a word; none where there is none of that name.
fn answer(choices: &Choices, here: &mut Here, word: &str, named: Option<&str>) -> anyhow::Result<Option<u8>> {
    let exercise = named.map(str::to_owned).or_else(|| here.exercise.clone());
    let id = || exercise.clone().unwrap_or_default();
    Ok(Some(match word {
        "" | "status" => {
            super::print(status::standing(&Context::find(choices)?))?;
            super::YES
        }
        "go" => {
            here.exercise = Some(Context::find(choices)?.exercise(Some(&id()))?.1.id.clone());
            super::YES
        }
        "next" | "n" => {
            here.exercise = next_open(&Context::find(choices)?);
            super::YES
        }
        "task" | "t" => show::run(choices, &page(id()))?,
        "read" | "r" => {
            let lesson = named.map_or_else(|| lesson_of(choices, &id()), |named| Ok(named.to_owned()))?;
            here.lesson = lesson.split('#').next().map(str::to_owned);
            show::run(choices, &page(lesson))?
        }
        "example" | "x" => {
            let Some(Ok(number)) = named.map(str::parse) else { return Ok(None) };
            let of_exercise = || lesson_of(choices, here.exercise.as_deref().unwrap_or_default());
            let lesson = here.lesson.clone().map_or_else(of_exercise, Ok)?;
            show::run(choices, &args::Show { run: Some(number), ..page(lesson) })?
        }
        "judge" | "j" | "run" => run::run(choices, &judged(exercise))?,
        "hint" | "h" => hint::run(choices, &args::Hint { exercise })?,
        "solution" | "s" => solution::run(choices, &args::Solution { exercise: id(), reveal: false })?,
        "reset" => reset::run(choices, &args::Reset { exercise: id(), undo: false })?,
        "undo" => reset::run(choices, &args::Reset { exercise: id(), undo: true })?,
        "list" | "l" => list::run(choices, &args::Json { json: false })?,
        "progress" | "p" => progress::run(choices, &args::Progress { json: false, report: None })?,
        "edit" | "e" => edit(choices, &id())?,
        _ => return Ok(None),
    }))
}

fn page(what: String) -> args::Show {
    args::Show { what, width: None, both_tracks: false, run: None }
}

fn judged(exercise: Option<String>) -> args::Run {
    args::Run { exercise, file: None, format: args::Format::Human, keep: false, again: false, trace: false }
}

/// The lesson that an exercise belongs to.
fn lesson_of(choices: &Choices, exercise: &str) -> anyhow::Result<String> {
    let context = Context::find(choices)?;
    let (module, _) = context.exercise(Some(exercise))?;
    Ok(module.id.clone())
}

/// Opens the learner's file in their editor and waits for it.
fn edit(choices: &Choices, exercise: &str) -> anyhow::Result<u8> {
    let context = Context::find(choices)?;
    let (_, exercise) = context.exercise(Some(exercise))?;
    let (path, shown) = context.learner_file(exercise)?;
    let Some(editor) = crate::tui::editor_of_environment() else {
        super::print([Linear::NoEditor { path: shown }.say(context.language)])?;
        return Ok(super::NO);
    };
    let status = editor.run(&path, 1)?;
    Ok(if status.success() { super::YES } else { super::NO })
}
