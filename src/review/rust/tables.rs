//! What is known about other crates: `blocking.toml` and `names.toml`.

use crate::review::tables::{Blocks, CallTable, Family};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// Crates that are other names of one.
    crates: FxHashMap<String, String>,
    /// Other paths of the same thing.
    aliases: FxHashMap<String, String>,
    /// The type that a call gives, where the path does not tell.
    results: FxHashMap<String, String>,
    /// Functions that give a future that must be awaited.
    futures: FxHashSet<String>,
    /// Awaited calls that wait for a network.
    network: FxHashSet<String>,
    /// Types of guards that must not be held across an await.
    guards: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocking {
    family: Vec<Family>,
}

// The files are part of the program and tests read them, so a fault in them cannot reach a person.
static NAMES: LazyLock<Names> =
    LazyLock::new(|| toml::from_str(include_str!("names.toml")).expect("the built-in names are valid"));
static BLOCKING: LazyLock<CallTable> = LazyLock::new(|| {
    let file: Blocking = toml::from_str(include_str!("blocking.toml")).expect("the built-in table is valid");
    let mut table = CallTable::default();
    for family in &file.family {
        table.add(family, "::").expect("the built-in table names rules that are");
    }
    table
});

/// The blocking calls, with a project's own.
pub fn blocking(own: &[Family]) -> Result<CallTable, String> {
    let mut table = BLOCKING.clone();
    for family in own {
        table.add(family, "::")?;
    }
    Ok(table)
}

/// Whether the call of this path blocks.
pub fn blocks(table: &CallTable, path: &str) -> Option<Blocks> {
    table.get(path, "::")
}

/// The one path of a thing that has several.
pub fn canonical(path: &str) -> String {
    let (krate, rest) = path.split_once("::").unwrap_or((path, ""));
    let krate = NAMES.crates.get(krate).map_or(krate, String::as_str);
    let path = if rest.is_empty() { krate.to_owned() } else { format!("{krate}::{rest}") };
    if let Some(other) = NAMES.aliases.get(&path) {
        return other.clone();
    }
    if let Some((parent, last)) = path.rsplit_once("::")
        && let Some(other) = NAMES.aliases.get(parent)
    {
        return format!("{other}::{last}");
    }
    path
}

/// The types that some table speaks of.
static TYPES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let pointers = ["std::sync::Arc", "std::rc::Rc", "std::sync::OnceLock", "std::sync::LazyLock", "std::boxed::Box"];
    let names = BLOCKING
        .names()
        .chain(NAMES.results.keys().map(String::as_str))
        .chain(NAMES.futures.iter().map(String::as_str));
    let owners = names.filter_map(|name| name.rsplit_once("::")).map(|(owner, _)| owner);
    let owners = owners.filter(|owner| {
        let last = owner.rsplit("::").next().unwrap_or(owner);
        last.starts_with(|letter: char| letter.is_ascii_uppercase())
    });
    owners.chain(pointers).map(str::to_owned).collect()
});

/// Whether a table speaks of this path; how a glob import of another crate is decided.
pub fn is_known(path: &str) -> bool {
    BLOCKING.get(path, "::").is_some()
        || NAMES.results.contains_key(path)
        || NAMES.futures.contains(path)
        || NAMES.aliases.contains_key(path)
        || NAMES.guards.contains(path)
        || TYPES.contains(path)
}

/// The type that a call gives.
pub fn result(path: &str) -> Option<&'static str> {
    NAMES.results.get(path).map(String::as_str)
}

/// Whether the call gives a future that must be awaited.
pub fn is_future(path: &str) -> bool {
    NAMES.futures.contains(path)
}

/// Whether awaiting the call waits for a network.
pub fn is_network(path: &str) -> bool {
    NAMES.network.contains(path)
}

/// Whether a type is a guard that must not be held across an await.
pub fn is_guard(path: &str) -> bool {
    NAMES.guards.contains(path)
}
