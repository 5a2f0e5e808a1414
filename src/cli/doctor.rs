//! `awaitlings doctor`: what is installed, what is missing and how to get it, what the program uses on disk.

use super::args::{Choices, Doctor};
use super::context::Context;
use super::judging::{Progress, Session};
use super::paint::Paint;
use crate::course::Language;
use crate::runner::python::{Interpreter, environment};
use crate::runner::rust::toolchain::{Toolchain, on_path};
use crate::runner::{Cache, SetupError, isolation};
use crate::wording::{Health, Say, Walking};

/// A finding: whether all is well, and what it is.
struct Line {
    good: bool,
    text: Health,
}

pub(super) fn run(choices: &Choices, args: &Doctor) -> anyhow::Result<u8> {
    let context = Context::find(choices)?;
    let cache = Cache::open()?;
    if args.clean {
        let before: u64 = cache.sizes()?.iter().map(|(_, bytes)| bytes).sum();
        cache.clean()?;
        super::print([Health::Cleaned { megabytes: megabytes(before) }.say(context.language)])?;
        return Ok(super::YES);
    }
    if args.prepare {
        return prepare(&context);
    }
    let mut findings = vec![compiler(&cache, context.language), linker()];
    findings.extend(python(&cache, &context));
    findings.extend([isolation_level(), folder(&context), course(&context)]);
    let mut lines: Vec<String> = findings.iter().map(|line| line.text(context.language)).collect();
    lines.extend([String::new(), Health::Disk { path: cache.root().display().to_string() }.say(context.language)]);
    for (part, bytes) in cache.sizes()? {
        lines.push(format!("  {part:24} {:>6} MB", megabytes(bytes)));
    }
    super::print(lines)?;
    Ok(if findings.iter().all(|finding| finding.good) { super::YES } else { super::NO })
}

impl Line {
    fn text(&self, language: Language) -> String {
        let mark = if self.good { Paint::Good.on("✓") } else { Paint::Bad.on("✗") };
        format!("{mark} {}", self.text.say(language))
    }
}

fn compiler(cache: &Cache, language: Language) -> Line {
    match Toolchain::find(cache) {
        Ok(toolchain) => {
            let version = toolchain.version.lines().next().unwrap_or_default().to_owned();
            Line { good: true, text: Health::Compiler { version } }
        }
        Err(error) => Line { good: false, text: Health::NoCompiler { why: error.say(language) } },
    }
}

fn linker() -> Line {
    match on_path("cc") {
        Some(path) => Line { good: true, text: Health::Linker { path: path.display().to_string() } },
        None => Line { good: false, text: Health::NoLinker },
    }
}

/// Without Python the Rust track works all the same, so it is no failure.
fn python(cache: &Cache, context: &Context) -> Vec<Line> {
    let python = match Interpreter::find(context.python.as_deref()) {
        Ok(python) => python,
        Err(error) => {
            let named = matches!(error, SetupError::NamedPython { .. });
            return vec![Line { good: !named, text: Health::NoPython { why: error.say(context.language) } }];
        }
    };
    let path = python.program.display().to_string();
    let mut lines = vec![Line { good: true, text: Health::Python { version: python.version.clone(), path } }];
    let mut requirements: Vec<&String> =
        context.course.sets.values().filter_map(|set| set.requirements.as_ref()).collect();
    requirements.sort();
    requirements.dedup();
    lines.extend(requirements.into_iter().map(|requirements| {
        let made_by = environment::locate(cache, python.clone(), requirements).made_by();
        let text = made_by.map_or(Health::NoPythonPackages, |made_by| Health::PythonPackages { made_by });
        Line { good: true, text }
    }));
    lines
}

fn isolation_level() -> Line {
    let text = match isolation::level() {
        isolation::Level::L1 => Health::IsolationOne,
        isolation::Level::L0 => Health::IsolationZero,
    };
    Line { good: true, text }
}

fn folder(context: &Context) -> Line {
    match &context.workspace {
        Some(workspace) => Line { good: true, text: Health::Folder { path: workspace.root().display().to_string() } },
        None => Line { good: true, text: Health::NoFolder },
    }
}

fn course(context: &Context) -> Line {
    let problems = context.course.problems.len();
    let title = context.course.title.get(context.language).to_owned();
    let exercises = context.course.exercises().count();
    Line { good: problems == 0, text: Health::Course { title, exercises, problems } }
}

/// Builds every dependency set of the course.
fn prepare(context: &Context) -> anyhow::Result<u8> {
    let mut session = Session::start(context)?;
    let mut progress = Progress::new(context.language);
    for set in context.course.sets.keys() {
        session.prepare(&context.course, set, &mut progress)?;
    }
    super::print([context.say(&Walking::Prepared)])?;
    Ok(super::YES)
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
