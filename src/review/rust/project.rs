//! Which files form a crate: `Cargo.toml` names the roots, `mod` leads from file to file.
//!
//! Files that no root reaches are read as a crate of their own, so that nothing asked for is left out.

use crate::course::Track;
use crate::review::files;
use crate::review::source::SourceFile;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};

/// A crate: its name as code writes it, and its root file.
#[derive(Debug, Clone)]
pub struct Root {
    pub name: String,
    pub file: usize,
    /// Whether everything in it is test code: files in `tests/` and `benches/`.
    pub is_test: bool,
}

/// The files of the question, and those read for their definitions.
#[derive(Debug, Default)]
pub struct Project {
    pub sources: Vec<SourceFile>,
    by_path: FxHashMap<PathBuf, usize>,
    pub roots: Vec<Root>,
}

impl Project {
    /// Finds the crates that the files belong to.
    pub fn find(sources: Vec<SourceFile>) -> Project {
        let mut project = Project { sources, ..Project::default() };
        for (at, file) in project.sources.iter().enumerate() {
            project.by_path.insert(real(&file.path), at);
        }
        let mut folders: Vec<PathBuf> = Vec::new();
        let mut seen = FxHashSet::default();
        let mut known: FxHashMap<PathBuf, Option<PathBuf>> = FxHashMap::default();
        // A text that is no file on disk stands for itself.
        for file in project.sources.iter().filter(|file| file.path.is_file()) {
            let parent = real(&file.path).parent().map(Path::to_owned).unwrap_or_default();
            let folder = known.entry(parent.clone()).or_insert_with(|| package_of(&parent)).clone();
            if let Some(folder) = folder
                && seen.insert(folder.clone())
            {
                folders.push(folder);
            }
        }
        let mut nth = 0;
        while nth < folders.len() {
            let folder = folders[nth].clone();
            for dependency in project.package(&folder) {
                if seen.insert(dependency.clone()) {
                    folders.push(dependency);
                }
            }
            nth += 1;
        }
        project
    }

    /// Adds a package's roots; gives the folders of its path dependencies.
    fn package(&mut self, folder: &Path) -> Vec<PathBuf> {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        let manifest: toml::Table = text.parse().unwrap_or_default();
        let string = |table: Option<&toml::Value>, key: &str| {
            table.and_then(|table| table.get(key)).and_then(toml::Value::as_str).map(str::to_owned)
        };
        let package = string(manifest.get("package"), "name").unwrap_or_default().replace('-', "_");
        let lib = manifest.get("lib");
        let lib_name = string(lib, "name").unwrap_or_else(|| package.clone());
        let lib_path = string(lib, "path").unwrap_or_else(|| "src/lib.rs".to_owned());
        self.root(&folder.join(lib_path), &lib_name, false);
        self.root(&folder.join("src/main.rs"), &format!("{package}#main"), false);
        self.root(&folder.join("build.rs"), "build#script", true);
        for kind in ["bin", "example", "test", "bench"] {
            for target in manifest.get(kind).and_then(toml::Value::as_array).into_iter().flatten() {
                if let Some(path) = string(Some(target), "path") {
                    self.root(&folder.join(&path), &format!("{path}#{kind}"), matches!(kind, "test" | "bench"));
                }
            }
        }
        for (sub, is_test) in [("src/bin", false), ("examples", false), ("tests", true), ("benches", true)] {
            let Ok(entries) = std::fs::read_dir(folder.join(sub)) else { continue };
            let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            paths.sort();
            for path in paths {
                let name = format!("{}#{sub}", path.display());
                if path.extension().is_some_and(|ending| ending == "rs") {
                    self.root(&path, &name, is_test);
                } else if path.join("main.rs").is_file() {
                    self.root(&path.join("main.rs"), &name, is_test);
                }
            }
        }
        let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
        let paths = dependencies.into_iter().flatten().filter_map(|(_, dependency)| dependency.get("path")?.as_str());
        paths.map(|path| real(&folder.join(path))).filter(|path| path.join("Cargo.toml").is_file()).collect()
    }

    fn root(&mut self, path: &Path, name: &str, is_test: bool) {
        if path.is_file()
            && let Some(file) = self.file(path)
            && !self.roots.iter().any(|root| root.file == file)
        {
            self.roots.push(Root { name: name.to_owned(), file, is_test });
        }
    }

    /// The file at a path, read for its definitions when nobody asked for it.
    pub fn file(&mut self, path: &Path) -> Option<usize> {
        let key = real(path);
        if let Some(at) = self.by_path.get(&key) {
            return Some(*at);
        }
        let text = files::load(path).ok()?;
        let at = self.sources.len();
        self.sources.push(SourceFile::new(path, Track::Rust, text, false));
        self.by_path.insert(key, at);
        Some(at)
    }
}

fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The nearest folder with a `Cargo.toml` that is a package.
fn package_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()).map(Path::to_owned)
}
