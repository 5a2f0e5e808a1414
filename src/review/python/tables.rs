//! What is known about the world outside the package: `blocking.toml` and `names.toml`.

use crate::review::tables::{Blocks, CallTable, Family};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::rc::Rc;
use std::sync::LazyLock;

/// Everything known about outside names.
#[derive(Debug)]
pub struct Tables {
    blocking: CallTable,
    names: &'static Names,
}

// The files are part of the program and tests read them, so a fault in them cannot reach a person.
static NAMES: LazyLock<Names> =
    LazyLock::new(|| toml::from_str(include_str!("names.toml")).expect("the built-in names are valid"));
static BLOCKING: LazyLock<CallTable> = LazyLock::new(|| {
    let file: Blocking = toml::from_str(include_str!("blocking.toml")).expect("the built-in table is valid");
    let mut table = CallTable::default();
    for family in &file.family {
        table.add(family, ".").expect("the built-in table names rules that are");
    }
    table
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// Other names for the same thing.
    aliases: FxHashMap<String, String>,
    /// What a call gives, where the name does not tell.
    results: FxHashMap<String, String>,
    /// What awaiting a call gives.
    awaited: FxHashMap<String, String>,
    /// Calls that give a coroutine.
    coroutines: FxHashSet<String>,
    /// Awaited calls that wait for a network.
    network: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocking {
    family: Vec<Family>,
}

impl Tables {
    /// The built-in tables and a project's own families.
    pub fn load(own: &[Family]) -> Result<Tables, String> {
        let mut blocking = BLOCKING.clone();
        for family in own {
            blocking.add(family, ".")?;
        }
        Ok(Tables { blocking, names: &NAMES })
    }

    /// Whether the call of this dotted name blocks.
    pub fn blocks(&self, path: &str) -> Option<Blocks> {
        self.blocking.get(path, ".")
    }

    /// Whether any table speaks of this name.
    pub fn knows(&self, path: &str) -> bool {
        self.blocks(path).is_some() || self.is_coroutine(path) || self.names.results.contains_key(path)
    }

    /// The one name of a thing that has several.
    pub fn canonical(&self, path: &str) -> Rc<str> {
        let mut path = path;
        if let Some(name) = self.names.aliases.get(path) {
            return name.as_str().into();
        }
        // `concurrent.futures.thread.ThreadPoolExecutor.submit`: the class has the alias, the method follows.
        if let Some((class, method)) = path.rsplit_once('.')
            && let Some(name) = self.names.aliases.get(class)
        {
            return format!("{name}.{method}").into();
        }
        while let Some(rest) = path.strip_prefix("builtins.builtins.") {
            path = rest;
        }
        path.into()
    }

    /// The class of what a call gives.
    pub fn result_type(&self, path: &str) -> Option<&str> {
        self.names.results.get(path).map(String::as_str)
    }

    /// The class of what awaiting a call gives.
    pub fn awaited_type(&self, path: &str) -> Option<&str> {
        self.names.awaited.get(path).map(String::as_str)
    }

    /// Whether calling it gives a coroutine.
    pub fn is_coroutine(&self, path: &str) -> bool {
        self.names.coroutines.contains(path)
    }

    /// Whether awaiting it waits for a network.
    pub fn is_network(&self, path: &str) -> bool {
        self.names.network.contains(path)
    }
}
