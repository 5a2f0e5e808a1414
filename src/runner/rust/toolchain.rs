//! Finds the compiler itself, past rustup's proxies, which cost 30 ms a call and obey files in the folder.

use crate::runner::cache::{self, Cache};
use crate::runner::setup::{Doing, SetupError, Step};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A Rust toolchain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toolchain {
    /// The folder that holds `bin/` and `lib/`.
    pub sysroot: PathBuf,
    /// What `rustc -vV` says.
    pub version: String,
    /// The compiler's size and time of change, to notice an update.
    stamp: String,
}

impl Toolchain {
    /// The toolchain on PATH. Asked once and remembered in the cache until the compiler changes.
    ///
    /// # Errors
    /// When there is no compiler, or it does not work.
    pub fn find(cache: &Cache) -> Result<Toolchain, SetupError> {
        let rustc = on_path("rustc").ok_or(SetupError::NoCompiler)?;
        let remembered = cache.root().join(format!("toolchain-{}.json", choice(&rustc)));
        let known = fs::read(&remembered).ok().and_then(|text| serde_json::from_slice::<Toolchain>(&text).ok());
        if let Some(known) = known.filter(|known| stamp(&known.rustc()) == known.stamp && !known.stamp.is_empty()) {
            return Ok(known);
        }
        let sysroot = PathBuf::from(ask(&rustc, &["--print", "sysroot"], cache.root())?);
        let own = sysroot.join("bin/rustc");
        let compiler = if own.exists() { own } else { rustc };
        let version = ask(&compiler, &["-vV"], cache.root())?;
        let toolchain = Toolchain { sysroot, version, stamp: stamp(&compiler) };
        let text = serde_json::to_vec(&toolchain).unwrap_or_default();
        fs::write(&remembered, text).doing(|| Step::Cache)?;
        Ok(toolchain)
    }

    /// The compiler.
    pub fn rustc(&self) -> PathBuf {
        self.sysroot.join("bin/rustc")
    }

    /// Cargo: the toolchain's own, or the one on PATH.
    pub fn cargo(&self) -> PathBuf {
        let own = self.sysroot.join("bin/cargo");
        if own.exists() { own } else { on_path("cargo").unwrap_or(own) }
    }

    /// The machine that it compiles for: `x86_64-unknown-linux-gnu`.
    pub fn host(&self) -> &str {
        self.version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("")
    }

    /// The folder of the standard library for this machine.
    pub fn std_folder(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib").join(self.host()).join("lib")
    }
}

/// The first executable of a name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// What decides which toolchain a proxy stands for.
fn choice(rustc: &Path) -> String {
    let settings = env::var_os("RUSTUP_HOME").map(PathBuf::from);
    let settings = settings.or_else(|| Some(etcetera::home_dir().ok()?.join(".rustup")));
    let settings = settings.and_then(|folder| fs::read(folder.join("settings.toml")).ok()).unwrap_or_default();
    let wanted = env::var_os("RUSTUP_TOOLCHAIN").unwrap_or_default();
    cache::key([rustc.as_os_str().as_encoded_bytes(), stamp(rustc).as_bytes(), wanted.as_encoded_bytes(), &settings])
}

fn stamp(path: &Path) -> String {
    let data = path.metadata();
    data.and_then(|data| Ok(format!("{} {:?}", data.len(), data.modified()?))).unwrap_or_default()
}

fn ask(program: &Path, args: &[&str], folder: &Path) -> Result<String, SetupError> {
    let broken = |what: String| SetupError::BrokenCompiler { path: program.to_owned(), what };
    let output = Command::new(program).args(args).current_dir(folder).output().map_err(|e| broken(e.to_string()))?;
    if !output.status.success() {
        return Err(broken(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
