//! `awaitlings --plain`: the same way through the course as prompts and lines, without boxes, spinners and cursor
//! movement. Every answer is the output of the command of that name.

use super::args::{self, Choices, ScreenChoices};
use super::context::Context;
use super::{hint, init, list, progress, reset, run, show, solution, status};
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
    let mut current: Option<String> = None;
    loop {
        let context = Context::find(&choices)?;
        let exercise = current.clone().or_else(|| Some(context.exercise(None).ok()?.1.id.clone()));
        let mut out = std::io::stdout().lock();
        write!(out, "\n{} > ", exercise.as_deref().unwrap_or("awaitlings"))?;
        out.flush()?;
        drop(out);
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(super::YES);
        }
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let named = Some(rest.trim()).filter(|rest| !rest.is_empty()).map(str::to_owned);
        let exercise = named.clone().or(exercise);
        match word {
            "" | "status" => super::print(status::standing(&context))?,
            "q" | "quit" | "exit" => return Ok(super::YES),
            "lang" => choices.lang = Some(other_language(&context)),
            "go" => current = named,
            "next" | "n" => current = None,
            _ => tell(answer(&choices, word, named, exercise), &context)?,
        }
    }
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
        crate::course::Language::En => args::LanguageChoice::Zh,
        crate::course::Language::Zh => args::LanguageChoice::En,
    }
}

/// Runs the command of a word; none where there is none of that name.
fn answer(
    choices: &Choices,
    word: &str,
    named: Option<String>,
    exercise: Option<String>,
) -> anyhow::Result<Option<u8>> {
    let id = || exercise.clone().unwrap_or_default();
    Ok(Some(match word {
        "task" | "t" => show::run(choices, &page(id()))?,
        "read" | "r" => show::run(choices, &page(named.map_or_else(|| lesson_of(choices, &id()), Ok)?))?,
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
