//! The program itself, started as a person starts it.

use super::{assert_harmless, cache_folder, course_folder};
use std::path::Path;
use std::process::{Command, Stdio};

/// What a command came to.
pub struct Printed {
    /// Its exit code.
    pub code: Option<i32>,
    /// What it printed, without the colours that are its own.
    pub text: String,
}

/// The command with these arguments, in a folder.
pub fn awaitlings(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_awaitlings"));
    command.arg("--course").arg(course_folder()).args(args).current_dir(folder).stdin(Stdio::null());
    command.env("AWAITLINGS_CACHE", cache_folder()).env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
    command
}

/// Runs a command to its end. Nothing that it prints acts on a terminal, its own colours aside.
pub fn printed(command: &mut Command) -> Printed {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = without_colours(std::str::from_utf8(&text).unwrap());
    assert_harmless(&text);
    Printed { code: output.status.code(), text }
}

/// The text without the sequences that choose colours.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        match rest.strip_prefix('m') {
            Some(rest) => out.push_str(rest),
            None => out.extend(["\u{1b}[", piece]),
        }
    }
    out
}
