//! Builds the course's harness against a dependency set, once per content.

use super::set::{BuiltSet, Linking, joined};
use super::toolchain::Toolchain;
use crate::runner::cache::{self, Cache};
use crate::runner::event::{Event, Events};
use crate::runner::setup::{Doing, SetupError, Step};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The harness, built.
#[derive(Debug, Clone)]
pub struct BuiltHarness {
    /// Equal exactly for equal harnesses on equal sets.
    pub key: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The library in it.
    pub library: PathBuf,
}

impl BuiltHarness {
    /// The compiler's arguments that let a crate use the harness.
    pub fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["-L".into(), joined("dependency=", &self.folder)];
        arguments.extend(["--extern".into(), joined("harness=", &self.library)]);
        arguments
    }
}

/// The harness of a course, built now if it is not there yet. Blocks while it builds.
///
/// # Errors
/// When it does not compile.
pub fn ensure(
    cache: &Cache,
    toolchain: &Toolchain,
    set: &BuiltSet,
    sources: &BTreeMap<String, String>,
    events: &Events,
) -> Result<BuiltHarness, SetupError> {
    let texts = sources.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
    let key = cache::key([set.key.as_bytes(), &[u8::from(set.linking == Linking::Facade)]].into_iter().chain(texts));
    let io = || Step::RustHarness;
    let harnesses = cache.part("harness").doing(io)?;
    let folder = harnesses.join(&key);
    let (kind, file) = match set.linking {
        Linking::Facade => ("dylib", format!("libharness{}", std::env::consts::DLL_SUFFIX)),
        Linking::Static => ("rlib", "libharness.rlib".to_owned()),
    };
    let built = BuiltHarness { key: key.clone(), library: folder.join(&file), folder };
    if built.library.exists() {
        return Ok(built);
    }
    let _lock = cache.lock(&format!("harness-{key}")).doing(io)?;
    if built.library.exists() {
        return Ok(built);
    }
    events.tell(Event::BuildingHarness);
    let work = tempfile::Builder::new().prefix(".building-").tempdir_in(&harnesses).doing(io)?;
    for (path, text) in sources {
        let path = work.path().join("src").join(path);
        fs::create_dir_all(path.parent().unwrap_or(work.path())).doing(io)?;
        fs::write(path, text).doing(io)?;
    }
    let out = work.path().join("out");
    fs::create_dir(&out).doing(io)?;
    let mut rustc = Command::new(toolchain.rustc());
    rustc.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path))).current_dir(work.path());
    rustc.args(["src/lib.rs", "--crate-name=harness", "--edition=2024", "--crate-type", kind, "--cap-lints=allow"]);
    rustc.args(["-Cdebuginfo=0", "-Ccodegen-units=16"]).args(set.arguments()).arg("-o").arg(out.join(&file));
    let output = rustc.stdin(Stdio::null()).output().doing(|| Step::Compiler)?;
    if !output.status.success() {
        return Err(SetupError::Harness(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    fs::rename(&out, &built.folder).doing(io)?;
    Ok(built)
}
