//! `awaitlings review`: the self-check of one's own code.

use super::args::Choices;
use crate::review::{self, FromProcesses, ReviewArgs};
use crate::session::spoken;

pub(super) fn run(choices: &Choices, args: &ReviewArgs) -> anyhow::Result<u8> {
    let language = choices.lang.and_then(super::args::LanguageChoice::one).unwrap_or_else(spoken);
    let args = ReviewArgs { language, ..args.clone() };
    let cargo = args.cargo.then(|| args.paths.first().and_then(|path| review::ask_clippy(path))).flatten();
    let mut out = anstream::stdout().lock();
    Ok(review::run(&args, FromProcesses { cargo, tests: None }, &mut out)?.code())
}
