//! Builds what a learner's tests are run against: the crate `subject`, once per content. Its one module is named after the
//! exercise.

use super::build::{CompileEnd, Compiler, Unit};
use super::slot::Slot;
use crate::runner::cache::{self, Cache};
use crate::runner::event::Events;
use crate::runner::setup::{Doing, SetupError, Step};
use std::fs;
use std::path::PathBuf;

/// The library, in its folder.
pub(super) const LIBRARY: &str = "libsubject.rlib";

/// The folder with the built subject whose text is `text`, built now in `slot` if it is not there.
///
/// # Errors
/// When it does not compile.
pub(super) async fn ensure(
    cache: &Cache,
    compiler: &Compiler,
    slot: &Slot,
    module: &str,
    text: &str,
) -> Result<PathBuf, SetupError> {
    let io = || Step::Subject(module.to_owned());
    let subjects = cache.part("subjects").doing(io)?;
    let folder = subjects.join(cache::key([compiler.harness.key.as_bytes(), module.as_bytes(), text.as_bytes()]));
    if folder.join(LIBRARY).exists() {
        return Ok(folder);
    }
    let source = slot.krate().join("subject");
    fs::create_dir_all(&source).doing(io)?;
    write(&source, module, text).doing(io)?;
    let unit = Unit {
        name: "subject",
        kind: "rlib",
        source: "crate/subject/lib.rs",
        shown: "subject.rs",
        part: "solution",
        file: LIBRARY,
        incremental: false,
        arguments: vec!["-Awarnings".into()],
        read: vec![source],
        links: false,
    };
    let compiled = compiler.compile(slot, unit, &Events::default()).await?;
    if compiled.end != CompileEnd::Built {
        let said: String = compiled.diagnostics.iter().map(|one| one.rendered.as_str()).collect();
        let what = if said.is_empty() { format!("{:?}", compiled.end) } else { said };
        return Err(SetupError::Subject { module: module.to_owned(), what });
    }
    let work = tempfile::Builder::new().prefix(".building-").tempdir_in(&subjects).doing(io)?;
    let out = work.path().join("out");
    fs::create_dir(&out).doing(io)?;
    fs::rename(slot.part("solution").join(LIBRARY), out.join(LIBRARY)).doing(io)?;
    match fs::rename(&out, &folder) {
        // Another program was quicker, with the same content.
        Err(_) if folder.join(LIBRARY).exists() => {}
        renamed => renamed.doing(io)?,
    }
    Ok(folder)
}

/// Writes the crate's source into `folder`.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn write(folder: &std::path::Path, module: &str, text: &str) -> std::io::Result<()> {
    fs::write(folder.join("lib.rs"), root([module]))?;
    fs::write(folder.join(format!("{module}.rs")), text)
}

/// The root of a crate `subject` with these modules.
pub fn root<'a>(modules: impl IntoIterator<Item = &'a str>) -> String {
    modules.into_iter().map(|module| format!("pub mod {module};\n")).collect()
}
