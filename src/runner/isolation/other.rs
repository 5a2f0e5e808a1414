//! Where there is neither Landlock nor seccomp: level 0.

use super::{Instruction, Level, Policy};

/// Nothing ends a process with its parent here; time-outs do.
pub(super) fn die_with(_parent: &str) -> Result<(), String> {
    Ok(())
}

/// Only level 0 can be kept here.
pub(super) fn restrict(policy: &Policy) -> Result<(), String> {
    match policy.level {
        Level::L0 => Ok(()),
        Level::L1 => Err("Landlock and seccomp are parts of Linux".to_owned()),
    }
}

/// Never, here.
pub(super) fn can_restrict(_policy: Policy) -> bool {
    false
}

/// There is no filter here.
pub(super) fn fork_filter(_own: u32) -> Result<Vec<Instruction>, Box<dyn std::error::Error>> {
    Ok(Vec::new())
}
