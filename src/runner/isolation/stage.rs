//! What this program does when it is started as the stage of another: give up rights, then become it.

use super::{Policy, linux};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// The exit code of a stage that failed before the program started.
pub const FAILED: u8 = 125;

/// How the stage's own error message starts.
pub const MARK: &str = "awaitlings isolation: ";

/// Threads, files and pipes of one program; far above what an exercise needs.
const DESCRIPTORS: u64 = 256;

/// Becomes the program that the arguments after [`super::STAGE`] name: policy, parent's id, program, its arguments.
/// Returns only when that fails.
pub fn enter(mut args: impl Iterator<Item = OsString>) -> ExitCode {
    let Some(policy) = args.next() else { return fail("no policy was named") };
    match prepare(&policy, args.next(), args) {
        Ok(mut command) => {
            let error = command.exec();
            fail(&format!("failed to start {}: {error}", command.get_program().display()))
        }
        Err(what) => fail(&what),
    }
}

fn fail(what: &str) -> ExitCode {
    eprintln!("{MARK}{what}");
    ExitCode::from(FAILED)
}

fn prepare(
    policy: &OsString,
    parent: Option<OsString>,
    mut args: impl Iterator<Item = OsString>,
) -> Result<Command, String> {
    let policy: Policy = serde_json::from_str(&policy.to_string_lossy()).map_err(|error| error.to_string())?;
    let parent = parent.ok_or("no parent was named")?;
    let program = PathBuf::from(args.next().ok_or("no program was named")?);
    linux::die_with(&parent.to_string_lossy())?;
    rustix::process::setsid().map_err(|error| format!("failed to start a session: {error}"))?;
    limit(&policy)?;
    linux::restrict(&policy)?;
    let mut command = Command::new(program);
    command.args(args);
    Ok(command)
}

fn limit(policy: &Policy) -> Result<(), String> {
    let limits = [
        (Resource::Data, policy.memory),
        (Resource::Fsize, policy.file_size),
        (Resource::Cpu, policy.cpu_seconds),
        (Resource::Nofile, DESCRIPTORS),
        (Resource::Core, 0),
    ];
    for (resource, value) in limits {
        let limit = Rlimit { current: Some(value), maximum: Some(value) };
        setrlimit(resource, limit).map_err(|error| format!("failed to limit {resource:?}: {error}"))?;
    }
    Ok(())
}
