//! The commands: one file each, with no logic of their own.

mod args;
mod completions;
mod context;
mod course_check;
mod doctor;
mod example;
mod hint;
mod init;
mod judging;
mod linear;
mod list;
mod man;
mod page;
mod paint;
mod partition;
mod progress;
mod reset;
mod review;
mod run;
mod screen;
mod show;
mod solution;
mod status;
mod watch;

use crate::runner::{isolation, output::harmless};
use args::{Cli, Command, Course};
use clap::Parser;
use std::process::ExitCode;

/// The answer is yes.
const YES: u8 = 0;
/// The answer is no: a test failed, a problem was found.
const NO: u8 = 1;
/// There is no answer: wrong usage, or something is missing.
const COULD_NOT: u8 = 2;
/// The person interrupted.
const INTERRUPTED: u8 = 130;

/// Runs the program and gives its exit code.
pub fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    if args.next().is_some_and(|first| first == isolation::STAGE) {
        return isolation::enter(args);
    }
    let cli = Cli::parse();
    match dispatch(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // It may quote names of files, which may contain anything.
            let text = harmless(&format!("{error:#}"));
            anstream::eprintln!("{} {text}", paint::Paint::Bad.on("awaitlings:"));
            ExitCode::from(COULD_NOT)
        }
    }
}

fn dispatch(cli: &Cli) -> anyhow::Result<u8> {
    let choices = &cli.choices;
    match &cli.command {
        None => screen::run(choices, &cli.screen),
        Some(Command::Init(args)) => init::run(choices, args),
        Some(Command::Run(args)) => run::run(choices, args),
        Some(Command::Watch(args)) => watch::run(choices, args),
        Some(Command::List(args)) => list::run(choices, args),
        Some(Command::Show(args)) => show::run(choices, args),
        Some(Command::Hint(args)) => hint::run(choices, args),
        Some(Command::Solution(args)) => solution::run(choices, args),
        Some(Command::Reset(args)) => reset::run(choices, args),
        Some(Command::Progress(args)) => progress::run(choices, args),
        Some(Command::Review(args)) => review::run(choices, args),
        Some(Command::Course(Course::Check(args))) => course_check::run(choices, args),
        Some(Command::Doctor(args)) => doctor::run(choices, args),
        Some(Command::Completions(args)) => completions::run(args),
        Some(Command::Man) => man::run(),
    }
}

/// Who reads the output may stop reading, as `head` does; that is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Prints lines to the standard output.
fn print(lines: impl IntoIterator<Item = impl AsRef<str>>) -> anyhow::Result<()> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    for line in lines {
        writeln!(out, "{}", line.as_ref())?;
    }
    Ok(out.flush()?)
}
