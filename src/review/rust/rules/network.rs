//! Waits for the network that have no time-out in sight.

use super::super::tables;
use super::super::walk::{Place, Use, Walker};
use proc_macro2::Span;

/// A call that is awaited.
pub fn called(walker: &mut Walker, path: &str, span: Span, usage: Use) {
    let waits = usage == Use::Awaited && tables::is_network(path) && walker.context.place == Place::Async;
    if waits && !walker.context.timed && walker.context.select.is_none() {
        walker.report("network-no-timeout", span, path);
    }
}
