//! Completes a temp crate that is kept, so that plain cargo builds and tests it.

use super::build::Compiler;
use super::judge::Attempt;
use super::slot::Slot;
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
    fs::write(krate.join("tests/hidden.rs"), &attempt.files.hidden)?;
    fs::remove_dir_all(slot.scratch())?;
    harness_crate(&krate.join("harness"), &set.manifest, &attempt.course.harness)?;
    let toolchain = compiler.toolchain.version.lines().next().unwrap_or_default();
    fs::write(krate.join("README"), format!("Built by awaitlings with {toolchain}. `cargo test` judges it again.\n"))
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
