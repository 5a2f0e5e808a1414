//! `awaitlings completions`: the completions for a shell.

use super::args::{Cli, Completions};
use clap::CommandFactory;

pub(super) fn run(args: &Completions) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "awaitlings", &mut script);
    super::print([String::from_utf8(script)?.trim_end()])?;
    Ok(super::YES)
}
