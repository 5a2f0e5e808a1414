//! `awaitlings man`: the manual page, with every command.

use super::args::Cli;
use clap::CommandFactory;

pub(super) fn run() -> anyhow::Result<u8> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        clap_mangen::Man::new(sub.clone()).title(format!("awaitlings-{}", sub.get_name())).render(&mut page)?;
    }
    super::print([String::from_utf8(page)?.trim_end()])?;
    Ok(super::YES)
}
