//! `awaitlings review`: the self-check of one's own code.

use super::args::Choices;
use crate::review::{self, FromProcesses, Reading, ReviewArgs};
use crate::session::spoken;
use crate::tui::Wishes;
use std::io::IsTerminal;

pub(super) fn run(choices: &Choices, args: &ReviewArgs) -> anyhow::Result<u8> {
    let language = choices.lang.and_then(super::args::LanguageChoice::one).unwrap_or_else(spoken);
    let args = ReviewArgs { language, ..args.clone() };
    if let Some(exit) = review::answer(&args, &mut anstream::stdout().lock())? {
        return Ok(exit.code());
    }
    if args.browse && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        let wishes = Wishes { asked: choices.into(), review: Some(args), ..Wishes::default() };
        return super::screen::show(&wishes);
    }
    let report = match review::read(&args) {
        Ok(reading) => match ask(&reading, &args)? {
            Some(said) => review::conclude(reading, &args, said),
            None => return Ok(super::INTERRUPTED),
        },
        Err(text) => Err(text),
    };
    Ok(review::print(&report, &args, &mut anstream::stdout().lock())?.code())
}

/// What processes say; none when the person interrupts.
fn ask(reading: &Reading, args: &ReviewArgs) -> anyhow::Result<Option<FromProcesses>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // A build may take minutes, and cargo's own progress is not shown.
    let waiting = std::io::stderr().is_terminal();
    let said = runtime.block_on(async {
        let asking = review::ask(reading, args, |text| {
            if waiting {
                anstream::eprintln!("{text}");
            }
        });
        tokio::select! {
            biased;
            _ = tokio::signal::ctrl_c() => None,
            said = asking => Some(said),
        }
    });
    // Nothing of a thread that still waits is wanted any more.
    runtime.shutdown_background();
    Ok(said)
}
