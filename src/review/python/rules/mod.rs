//! The rules that read Python, one family per file.

mod blocking;
mod cancellation;
mod fan_out;
mod forgotten;
mod generators;
mod groups;
mod handlers;
mod locks;
mod loops;
mod swallows;
mod tasks;
mod tests;
mod timeouts;

use super::check::Check;

pub(super) use blocking::nonblocking_sockets;
pub(super) use loops::spins;

/// Runs every rule.
pub(super) fn run(check: &Check) {
    blocking::check(check);
    forgotten::check(check);
    tasks::check(check);
    groups::check(check);
    generators::check(check);
    timeouts::check(check);
    cancellation::check(check);
    locks::check(check);
    loops::check(check);
    fan_out::check(check);
    tests::check(check);
}
