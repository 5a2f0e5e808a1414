//! Completes a temp crate that is kept, so that plain cargo builds and tests it.

use super::build::Compiler;
use super::judge::Attempt;
use super::slot::Slot;
use crate::course::Subject;
use std::fs;
use std::io;
use std::path::Path;

/// Writes what the compiler was told directly: manifest, lock file, harness and hidden tests.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn complete(slot: &Slot, attempt: &Attempt<'_>, compiler: &Compiler) -> io::Result<()> {
    let krate = slot.krate();
    let set = attempt.course.sets.get(&attempt.files.set).cloned().unwrap_or_default();
    let head = "[package]\nname = \"solution\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n";
    let harness = "harness = { path = \"harness\" }\n";
    fs::write(krate.join("Cargo.toml"), format!("{head}\n{}{harness}\n[workspace]\n", ended(&set.manifest)))?;
    fs::write(krate.join("Cargo.lock"), &set.lock)?;
    fs::create_dir_all(krate.join("tests"))?;
    fs::write(krate.join("tests/hidden.rs"), attempt.files.hidden())?;
    fs::remove_dir_all(slot.scratch())?;
    harness_crate(&krate.join("harness"), &set.manifest, &attempt.course.harness)?;
    let toolchain = compiler.toolchain.version.lines().next().unwrap_or_default();
    fs::write(krate.join("README"), format!("Built by awaitlings with {toolchain}. `cargo test` judges it again.\n"))
}

/// As [`complete`], where the learner wrote the tests: they are the crate's tests, and the subject a crate beside it.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn complete_written(
    slot: &Slot,
    attempt: &Attempt<'_>,
    subject: &Subject,
    compiler: &Compiler,
) -> io::Result<()> {
    complete(slot, attempt, compiler)?;
    let (krate, module) = (slot.krate(), attempt.exercise.subject_module());
    let manifest = fs::read_to_string(krate.join("Cargo.toml"))?;
    let own = "harness = { path = \"harness\" }\n";
    fs::write(krate.join("Cargo.toml"), manifest.replace(own, &format!("{own}subject = {{ path = \"subject\" }}\n")))?;
    fs::remove_file(krate.join("tests/hidden.rs"))?;
    fs::write(krate.join("tests/written.rs"), attempt.source)?;
    fs::remove_dir_all(krate.join("src"))?;
    fs::create_dir_all(krate.join("src"))?;
    fs::write(krate.join("src/lib.rs"), "")?;
    let folder = krate.join("subject");
    fs::create_dir_all(folder.join("src"))?;
    fs::create_dir_all(folder.join("faults"))?;
    let set = attempt.course.sets.get(&attempt.files.set).map(|set| set.manifest.as_str()).unwrap_or_default();
    fs::write(folder.join("Cargo.toml"), subject_manifest(set, "../harness"))?;
    super::subject::write(&folder.join("src"), &module, &subject.reference)?;
    for fault in &subject.faults {
        fs::write(folder.join("faults").join(format!("{}.rs", fault.id)), &fault.text)?;
    }
    let how = format!(
        "`cargo test` runs your tests against the reference.\nCopy a file of subject/faults over subject/src/{module}.rs, \
         and `cargo test` must fail.\n"
    );
    fs::write(krate.join("README"), fs::read_to_string(krate.join("README"))? + &how)
}

/// The manifest of a crate `subject` with a harness at `harness`; `dependencies` as for [`harness_manifest`].
pub fn subject_manifest(dependencies: &str, harness: &str) -> String {
    format!(
        "[package]\nname = \"subject\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n{}harness = {{ path = \"{harness}\" }}\n",
        ended(dependencies)
    )
}

/// Writes the harness as a crate that cargo understands.
///
/// # Errors
/// When a file cannot be written.
pub fn harness_crate(
    folder: &Path,
    dependencies: &str,
    sources: &std::collections::BTreeMap<String, String>,
) -> io::Result<()> {
    for (path, text) in sources {
        let path = folder.join("src").join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    fs::write(folder.join("Cargo.toml"), harness_manifest(dependencies))
}

/// The manifest of the harness as a crate of its own.
pub fn harness_manifest(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"harness\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [lints.rust]\nunexpected_cfgs = {{ level = \"warn\", check-cfg = [\"cfg(facade)\"] }}\n\n{}",
        ended(dependencies)
    )
}

fn ended(text: &str) -> String {
    format!("{}\n", text.trim_end())
}
