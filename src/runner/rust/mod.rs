//! The Rust track: a temp crate, built by the compiler directly, against libraries that are built once.

pub mod build;
pub mod bundle;
pub mod diagnostics;
pub mod harness;
pub mod judge;
pub mod keep;
pub mod rewrite;
pub mod set;
pub mod slot;
pub mod subject;
pub mod toolchain;
pub mod written;

use super::cache::Cache;
use super::event::Events;
use super::setup::SetupError;
use crate::course::Course;
use build::Compiler;
use toolchain::Toolchain;

/// The compiler for a dependency set of a course; builds the set and the harness when they are not there.
/// Blocks while it builds.
///
/// # Errors
/// When there is no compiler, or the set or the harness cannot be built.
pub fn compiler(cache: &Cache, course: &Course, set: &str, events: &Events) -> Result<Compiler, SetupError> {
    let toolchain = Toolchain::find(cache)?;
    let wanted = course.sets.get(set).ok_or_else(|| SetupError::UnknownSet(set.to_owned()))?;
    let built = set::ensure(cache, &toolchain, set, wanted, events)?;
    let harness = harness::ensure(cache, &toolchain, &built, &course.harness, events)?;
    Ok(Compiler { toolchain, set: built, harness })
}
