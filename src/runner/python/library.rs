//! What Python's tests are run by: the course's harness and this program's fork server, in a folder of the cache.

use super::environment::{self, Environment};
use crate::runner::cache::{self, Cache};
use crate::runner::setup::{Doing, SetupError, Step};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The fork server's package.
static SERVER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/runner/python/server");

/// The name that the server's package is imported by.
pub const PACKAGE: &str = "awaitlings_server";

/// The folder that Python imports from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Equal exactly for equal content on equal environments.
    pub key: String,
    /// The folder.
    pub folder: PathBuf,
}

impl Library {
    /// Removes it, so that it is written again.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn remove(&self) -> std::io::Result<()> {
        environment::remove(&self.folder)
    }
}

/// Whether a folder has these files, as they should be.
fn holds(folder: &Path, files: &BTreeMap<String, &[u8]>) -> bool {
    files.iter().all(|(path, text)| fs::read(folder.join(path)).is_ok_and(|found| found == *text))
}

/// The library with a course's harness, written and compiled now if it is not there or was damaged.
///
/// # Errors
/// When files cannot be written.
pub fn ensure(
    cache: &Cache,
    environment: &Environment,
    harness: &BTreeMap<String, String>,
) -> Result<Library, SetupError> {
    let io = || Step::PythonHarness;
    let mut files: BTreeMap<String, &[u8]> = BTreeMap::new();
    files.extend(harness.iter().map(|(path, text)| (format!("harness/{path}"), text.as_bytes())));
    let server = SERVER.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "py"));
    files.extend(server.map(|file| (format!("{PACKAGE}/{}", file.path().display()), file.contents())));
    let texts = files.iter().flat_map(|(path, text)| [path.as_bytes(), *text]);
    let key = cache::key([environment.key.as_bytes()].into_iter().chain(texts));
    let libraries = cache.part("python-harness").doing(io)?;
    let library = Library { folder: libraries.join(&key), key };
    if holds(&library.folder, &files) {
        return Ok(library);
    }
    let _lock = cache.lock(&format!("python-harness-{}", library.key)).doing(io)?;
    if holds(&library.folder, &files) {
        return Ok(library);
    }
    library.remove().doing(io)?;
    let work = tempfile::Builder::new().prefix(".writing-").tempdir_in(&libraries).doing(io)?;
    let content = work.path().join("content");
    for (path, text) in &files {
        let path = content.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&content)).doing(io)?;
        fs::write(path, text).doing(io)?;
    }
    let mut compile = Command::new(environment.program());
    compile.args(["-s", "-P", "-m", "compileall", "-q", "."]).current_dir(&content).env_clear();
    // Bytecode only saves time; what does not compile fails when it is imported, with a message.
    let _ = compile.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    fs::rename(&content, &library.folder).doing(io)?;
    Ok(library)
}
