//! The review of Python: files are parsed, indexed as one package, and looked at by one rule family after the other.
//!
//! ```text
//! source text -> parse -> index (scopes, functions, classes) -> values (what a name stands for)
//!                                                            -> calls (what a sync helper blocks on)
//!                                                            -> rules/*, one family per file
//! ```

pub(super) mod body;
mod calls;
mod check;
mod colour;
mod dead;
mod handed_on;
mod index;
mod rules;
mod tables;
mod value;

use super::source::SourceFile;
use super::tables::Family;
use super::{Facts, Outcome, Problem};
use crate::course::Track;
use check::Check;
use index::Package;
use ruff_python_ast::ModModule;
use std::path::Path;

/// Reads the Python files of one package (or of one person's question) together.
pub(super) fn review(files: &[SourceFile], own: &[Family]) -> Result<Outcome, String> {
    let tables = tables::Tables::load(own)?;
    let mut problems = Vec::new();
    let mut parsed: Vec<(usize, ModModule)> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        if super::depth::estimate(&file.text, Track::Python) > super::depth::LIMIT {
            problems.push(Problem::at(file, 0, "nests deeper than this program reads"));
            continue;
        }
        match ruff_python_parser::parse_module(&file.text) {
            Ok(module) => parsed.push((at, module.into_syntax())),
            Err(error) => problems.push(Problem::at(file, error.location.start().to_usize(), &error.error.to_string())),
        }
    }
    let mut package = Package::default();
    for (at, module) in &parsed {
        let (dotted, longer, is_package) = dotted_name(&files[*at].path);
        index::add_module(&mut package, *at, (dotted, longer), is_package, &module.body);
    }
    let check = Check::new(&package, &tables, files);
    rules::run(&check);
    let facts = facts(&package, files);
    Ok(Outcome { findings: check.into_findings(), problems, facts })
}

/// The dotted name of a file, through the folders above it that are packages, and the names with two more folders in
/// front of it, which are packages too when the program is started from there.
fn dotted_name(path: &Path) -> (String, Vec<String>, bool) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let is_package = stem == "__init__";
    let mut parts = if is_package { Vec::new() } else { vec![stem] };
    let mut longer = Vec::new();
    for folder in path.ancestors().skip(1) {
        let Some(name) = folder.file_name().map(|name| name.to_string_lossy().into_owned()) else { break };
        let inside = longer.is_empty() && (folder.join("__init__.py").is_file() || (is_package && parts.is_empty()));
        if inside {
            parts.push(name);
        } else if longer.len() < 2 {
            let before = longer.last().cloned().unwrap_or_else(|| dotted(&parts));
            longer.push(format!("{name}.{before}"));
        } else {
            break;
        }
    }
    (dotted(&parts), longer, is_package)
}

fn dotted(parts: &[String]) -> String {
    parts.iter().rev().map(String::as_str).collect::<Vec<_>>().join(".")
}

fn facts(package: &Package, files: &[SourceFile]) -> Facts {
    let asked = |module: usize| files[package.modules[module].file].asked_for;
    let asynchronous = package.funcs.iter().filter(|func| func.def.is_async && asked(func.module));
    let mut facts = Facts { async_functions: asynchronous.clone().count(), ..Facts::default() };
    facts.async_tests = asynchronous.filter(|func| func.name().starts_with("test")).count();
    facts.network = package.modules.iter().filter(|module| files[module.file].asked_for).any(|module| {
        ["aiohttp", "httpx", "websockets", "asyncpg", "aiomysql", "aioredis", "socket", "redis", "grpc"]
            .iter()
            .any(|name| module.imports.contains(*name))
    });
    facts
}
