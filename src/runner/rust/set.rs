//! Dependency sets: libraries that are built once per machine, by cargo, from a pinned lock file.
//!
//! All of a set's libraries are linked into one dynamic library, the facade: linking a test against it takes
//! a third of the time. Where a dynamic library cannot be made the libraries are linked one by one.

use super::toolchain::Toolchain;
use crate::course::DependencySet;
use crate::runner::cache::{self, Cache};
use crate::runner::event::{Event, Events};
use crate::runner::setup::{Doing, Remedy, SetupError, Step};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What cargo keeps of the environment: where things are, and how to reach a registry.
const KEPT_VARIABLES: [&str; 14] = [
    "PATH",
    "HOME",
    "CARGO_HOME",
    "CARGO_HTTP_CAINFO",
    "CARGO_HTTP_PROXY",
    "CARGO_NET_OFFLINE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "TMPDIR",
];

/// How far cargo and what it starts stand back behind other programs (nice(1)); 19 is the most.
const NICENESS: i32 = 10;

/// How a set is linked into a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Linking {
    /// Through one dynamic library.
    Facade,
    /// Library by library.
    Static,
}

/// A dependency set, built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuiltSet {
    /// Equal exactly for equal sets.
    pub key: String,
    /// Its folder.
    #[serde(skip)]
    pub folder: PathBuf,
    /// How it is linked.
    pub linking: Linking,
    /// The file in `deps/` of each library that a solution may name.
    pub externs: BTreeMap<String, String>,
    /// The size of every file in `deps/`, to notice damage.
    files: BTreeMap<String, u64>,
}

impl BuiltSet {
    /// The folder of the libraries.
    pub fn deps(&self) -> PathBuf {
        self.folder.join("deps")
    }

    /// The compiler's arguments that let a crate use the set.
    pub fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["-L".into(), joined("dependency=", &self.deps())];
        for (name, file) in &self.externs {
            arguments.extend(["--extern".into(), joined(&format!("{name}="), &self.deps().join(file))]);
        }
        if self.linking == Linking::Facade {
            arguments.extend(["-Cprefer-dynamic", "--cfg", "facade"].map(OsString::from));
        }
        arguments
    }

    fn is_whole(&self) -> bool {
        let size = |file: &String| self.deps().join(file).metadata().map(|data| data.len()).ok();
        self.files.iter().all(|(file, bytes)| size(file) == Some(*bytes))
    }

    fn load(folder: &Path) -> Option<BuiltSet> {
        let text = fs::read(folder.join("set.json")).ok()?;
        let mut set: BuiltSet = serde_json::from_slice(&text).ok()?;
        set.folder = folder.to_owned();
        Some(set).filter(BuiltSet::is_whole)
    }
}

/// An argument that ends in a path.
pub(super) fn joined(start: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(start);
    argument.push(path);
    argument
}

/// The set of a course, built now if it is not there yet. Blocks while it builds.
///
/// # Errors
/// When the libraries cannot be fetched or built.
pub fn ensure(
    cache: &Cache,
    toolchain: &Toolchain,
    name: &str,
    set: &DependencySet,
    events: &Events,
) -> Result<BuiltSet, SetupError> {
    let manifest = manifest(set, Linking::Facade);
    let parts = [&toolchain.version, &manifest, &set.lock, env!("CARGO_PKG_VERSION")];
    let key = cache::key(parts.map(str::as_bytes));
    let sets = cache.part("sets").doing(|| Step::Cache)?;
    let folder = sets.join(format!("{name}-{key}"));
    if let Some(built) = BuiltSet::load(&folder) {
        return Ok(built);
    }
    let lock_name = format!("set-{key}");
    let _lock = match cache.try_lock(&lock_name).doing(|| Step::CacheLock)? {
        Some(lock) => lock,
        None => {
            events.tell(Event::WaitingForOther { set: name.to_owned() });
            cache.lock(&lock_name).doing(|| Step::CacheLock)?
        }
    };
    if let Some(built) = BuiltSet::load(&folder) {
        return Ok(built);
    }
    let work = tempfile::Builder::new().prefix(".building-").tempdir_in(&sets).doing(|| Step::Cache)?;
    let build = Build { toolchain, name, set, events, key: &key, work: work.path() };
    let facade = build.run(Linking::Facade);
    let built = facade.or_else(|error| build.run(Linking::Static).map_err(|_| error))?;
    replace(&built.folder, &folder).doing(|| Step::Cache)?;
    Ok(BuiltSet { folder, ..built })
}

/// Puts a finished folder where a damaged one may lie.
fn replace(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::rename(from, to)
}

fn manifest(set: &DependencySet, linking: Linking) -> String {
    let kind = match linking {
        Linking::Facade => "dylib",
        Linking::Static => "rlib",
    };
    format!(
        "[package]\nname = \"facade\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\
         crate-type = [\"{kind}\"]\n\n{}\n[profile.dev]\ndebug = false\nincremental = false\n\n[workspace]\n",
        set.manifest
    )
}

struct Build<'a> {
    toolchain: &'a Toolchain,
    name: &'a str,
    set: &'a DependencySet,
    events: &'a Events,
    key: &'a str,
    work: &'a Path,
}

/// A package as `cargo metadata` names it, and the name a crate uses for it.
#[derive(Deserialize)]
struct Dependency {
    name: String,
    pkg: String,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
    root: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Artifact {
    reason: String,
    #[serde(default)]
    package_id: String,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

impl Build<'_> {
    fn run(&self, linking: Linking) -> Result<BuiltSet, SetupError> {
        let io = || Step::Set(self.name.to_owned());
        let root = self.work.join(match linking {
            Linking::Facade => "facade",
            Linking::Static => "static",
        });
        fs::create_dir_all(&root).doing(io)?;
        fs::write(root.join("Cargo.toml"), manifest(self.set, linking)).doing(io)?;
        fs::write(root.join("Cargo.lock"), &self.set.lock).doing(io)?;
        fs::write(root.join("lib.rs"), "").doing(io)?;
        self.events.tell(Event::Fetching { set: self.name.to_owned() });
        let metadata = self.metadata(&root)?;
        let direct = self.direct(&metadata);
        let names = direct.iter().map(|dependency| dependency.name.as_str());
        let source: String = names.map(|name| format!("pub use {name};\n")).collect();
        fs::write(root.join("lib.rs"), source).doing(io)?;
        let artifacts = self.compile(&root, linking, metadata.resolve.nodes.len())?;
        self.collect(&root, linking, &direct, &artifacts).doing(io)
    }

    fn cargo(&self, root: &Path) -> Command {
        let mut command = Command::new(self.toolchain.cargo());
        command.env_clear().current_dir(root).stdin(Stdio::null());
        let kept = KEPT_VARIABLES.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        command.envs(kept).env("RUSTC", self.toolchain.rustc()).env("CARGO_TARGET_DIR", root.join("target"));
        command
    }

    fn metadata(&self, root: &Path) -> Result<Metadata, SetupError> {
        let mut cargo = self.cargo(root);
        cargo.args(["metadata", "--format-version=1", "--filter-platform", self.toolchain.host()]);
        let output = cargo.output().doing(|| Step::Cargo)?;
        if !output.status.success() {
            return Err(self.failed(&String::from_utf8_lossy(&output.stderr)));
        }
        serde_json::from_slice(&output.stdout).map_err(|error| self.failed(&error.to_string()))
    }

    fn direct<'m>(&self, metadata: &'m Metadata) -> Vec<&'m Dependency> {
        let root = metadata.resolve.nodes.iter().find(|node| Some(&node.id) == metadata.resolve.root.as_ref());
        root.map(|node| node.deps.iter().collect()).unwrap_or_default()
    }

    fn compile(&self, root: &Path, linking: Linking, total: usize) -> Result<Vec<Artifact>, SetupError> {
        let mut cargo = self.cargo(root);
        cargo.args(["build", "--message-format=json-render-diagnostics"]);
        if linking == Linking::Facade {
            cargo.env("RUSTFLAGS", "-Cprefer-dynamic");
        }
        let starting = || Step::Cargo;
        let mut child = cargo.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().doing(starting)?;
        // It goes on behind what the person does; where the system refuses, it is only a little in the way.
        let pid = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
        let _ = rustix::process::setpriority_process(pid, NICENESS);
        let stderr = child.stderr.take();
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            // What cannot be read cannot be shown; cargo's exit status tells all the same.
            let _ = stderr.map(|mut stderr| stderr.read_to_string(&mut text));
            text
        });
        let (mut artifacts, mut built) = (Vec::new(), BTreeSet::new());
        let stdout = child.stdout.take().ok_or_else(|| self.failed("cargo has no output"))?;
        for line in BufReader::new(stdout).lines() {
            let line = line.doing(|| Step::Cargo)?;
            let Ok(artifact) = serde_json::from_str::<Artifact>(&line) else { continue };
            if artifact.reason == "compiler-artifact" {
                built.insert(artifact.package_id.clone());
                self.events.tell(Event::Building { set: self.name.to_owned(), done: built.len(), total });
                artifacts.push(artifact);
            }
        }
        let status = child.wait().doing(|| Step::Cargo)?;
        let errors = errors.join().unwrap_or_default();
        if status.success() { Ok(artifacts) } else { Err(self.failed(&errors)) }
    }

    fn collect(
        &self,
        root: &Path,
        linking: Linking,
        direct: &[&Dependency],
        artifacts: &[Artifact],
    ) -> std::io::Result<BuiltSet> {
        let folder = root.join("set");
        let deps = folder.join("deps");
        fs::create_dir_all(&deps)?;
        let (mut externs, mut files) = (BTreeMap::new(), BTreeMap::new());
        for artifact in artifacts {
            for file in &artifact.filenames {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let is_facade = name.starts_with("libfacade.");
                let library = name.ends_with(".rlib") || name.ends_with(".so") || name.ends_with(".dylib");
                if !library || (is_facade && linking == Linking::Static) {
                    continue;
                }
                fs::copy(file, deps.join(&name))?;
                files.insert(name.clone(), file.metadata()?.len());
                if is_facade {
                    externs.insert("facade".to_owned(), name);
                } else if let Some(dependency) = direct.iter().find(|d| d.pkg == artifact.package_id) {
                    externs.insert(dependency.name.clone(), name);
                }
            }
        }
        let built = BuiltSet { key: self.key.to_owned(), folder, linking, externs, files };
        fs::write(built.folder.join("set.json"), serde_json::to_vec(&built)?)?;
        Ok(built)
    }

    fn failed(&self, said: &str) -> SetupError {
        // Cargo's retries say the same several times over.
        let telling = |line: &&str| !line.trim().is_empty() && !line.starts_with("warning: spurious");
        let lines: Vec<&str> = said.lines().filter(telling).collect();
        let last = lines[lines.len().saturating_sub(12)..].join("\n");
        let offline = ["Could not resolve", "offline", "download", "network", "registry", "timed out", "spurious"];
        let remedy = offline.iter().any(|word| said.contains(word)).then_some(Remedy::Network);
        SetupError::Set { set: self.name.to_owned(), said: last, remedy }
    }
}
