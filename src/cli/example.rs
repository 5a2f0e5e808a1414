//! Runs an example of a lesson where it is read.

use super::context::Context;
use super::judging::Session;
use super::page;
use super::paint::Paint;
use crate::course::{Lesson, Track};
use crate::lesson::{Document, Mark};
use crate::report::{self, Line};
use crate::runner::SetupError;
use crate::runner::example::{BASE_SET, Example, Extent};
use crate::wording::{Say, Walking};
use anyhow::anyhow;
use std::io::IsTerminal;

/// The examples of a lesson that run, in the learner's track.
pub(super) fn runnable(context: &Context, lesson: &Lesson) -> Vec<String> {
    let Some(page) = lesson.page(context.language) else { return Vec::new() };
    let document = Document::parse(&page.body);
    let fences = document.fences().filter(|fence| fence.has(Mark::Run) && fence.language == context.track.name());
    fences.map(|fence| fence.text.clone()).collect()
}

/// Runs the example of a number, from 1, and prints what it prints.
pub(super) fn run(context: &Context, lesson: &Lesson, number: usize) -> anyhow::Result<u8> {
    let examples = runnable(context, lesson);
    let count = examples.len();
    let source = number.checked_sub(1).and_then(|index| examples.get(index));
    let source = source.ok_or_else(|| anyhow!(context.say(&Walking::NoSuchExample { number, count })))?;
    let mut lines = vec![Paint::Strong.on(&context.say(&Walking::ExampleOf { number, count }))];
    lines.extend(page::markdown(context, &format!("```{}\n{source}```\n", context.track)));
    super::print(lines)?;
    let session = Session::start(context)?;
    let runner = &session.runner;
    let example: Result<Example, _> = session.runtime.block_on(async {
        match context.track {
            Track::Rust => {
                let compiler = runner.compiler(&context.course, BASE_SET).await?;
                runner.rust_example(&compiler, source, Extent::Run).await
            }
            Track::Python => runner.python_example(&context.course, BASE_SET, source, Extent::Run).await,
        }
    });
    let example = example.map_err(|error: SetupError| anyhow!(error.say(context.language)))?;
    let rendered = example.diagnostics.iter().map(|diagnostic| diagnostic.rendered.trim_end().to_owned());
    // A pipe gets what the program printed and nothing else.
    let told: Vec<String> = if std::io::stdout().is_terminal() {
        report::printed::lines(&example.printed, super::paint::width()).iter().map(Line::ansi).collect()
    } else {
        vec![example.output().trim_end().to_owned()]
    };
    super::print(std::iter::once(String::new()).chain(rendered).chain(told))?;
    Ok(if example.end.is_good() { super::YES } else { super::NO })
}
