//! From a path in the code to the full path of what it names: through `use`, renames, re-exports and globs.

use super::index::{Index, ModId};

/// How far re-exports are followed.
const STEPS: usize = 24;

/// The full path of a path written in a module. Paths of other crates are given as they are.
pub fn in_module(index: &Index, module: ModId, segments: &[String], steps: usize) -> Option<String> {
    if steps > STEPS {
        return None;
    }
    let first = segments.first()?;
    match first.as_str() {
        "crate" | "$crate" => {
            let root = &index.mods[index.mods[module].krate];
            down(index, &root.path, &segments[1..], steps + 1)
        }
        "self" if segments.len() > 1 => down(index, &index.mods[module].path, &segments[1..], steps + 1),
        "super" => {
            let parent = index.mods[module].parent.unwrap_or(module);
            if segments.len() > 1 && segments[1] == "super" {
                return in_module(index, parent, &segments[1..], steps + 1);
            }
            down(index, &index.mods[parent].path, &segments[1..], steps + 1)
        }
        _ => {
            if let Some(start) = name_in(index, module, first, steps + 1) {
                return down(index, &start, &segments[1..], steps + 1);
            }
            if segments.len() > 1 || index.crates.contains_key(first) {
                // Another crate, or one of the same workspace.
                return down(index, first, &segments[1..], steps + 1);
            }
            match first.as_str() {
                "Box" => Some("std::boxed::Box".to_owned()),
                "Vec" => Some("std::vec::Vec".to_owned()),
                "Option" | "Some" => Some("std::option::Option".to_owned()),
                "Result" | "Ok" => Some("std::result::Result".to_owned()),
                "String" => Some("std::string::String".to_owned()),
                "drop" => Some("std::mem::drop".to_owned()),
                _ => None,
            }
        }
    }
}

/// What a single name stands for in a module: an item of it, an import, or a member of a glob import.
fn name_in(index: &Index, module: ModId, name: &str, steps: usize) -> Option<String> {
    let here = &index.mods[module];
    let own = format!("{}::{name}", here.path);
    if is_item(index, &own) {
        return Some(own);
    }
    if let Some(target) = here.uses.get(name) {
        // `use tokio;` and `use self::x`: guard against a name that leads to itself.
        if target.len() == 1 && target[0] == name {
            return Some(name.to_owned());
        }
        return import(index, module, target, steps + 1);
    }
    here.globs.iter().find_map(|glob| {
        let target = import(index, module, glob, steps + 1)?;
        match index.modules_by_path.get(&target) {
            Some(inner) if *inner != module && steps < STEPS => {
                let found = name_in(index, *inner, name, steps + 4)?;
                Some(found)
            }
            Some(_) => None,
            None => super::tables::is_known(&format!("{target}::{name}")).then(|| format!("{target}::{name}")),
        }
    })
}

/// A path of a `use`: of another crate unless it starts in this one.
fn import(index: &Index, module: ModId, target: &[String], steps: usize) -> Option<String> {
    if steps > STEPS {
        return None;
    }
    let first = target.first()?;
    let relative = matches!(first.as_str(), "crate" | "self" | "super" | "$crate");
    let here = &index.mods[module];
    let local = !relative && (is_item(index, &format!("{}::{first}", here.path)) || here.uses.contains_key(first));
    if (relative || local) && !(target.len() == 1 && local) {
        return in_module(index, module, target, steps + 1);
    }
    down(index, first, &target[1..], steps + 1)
}

fn is_item(index: &Index, path: &str) -> bool {
    index.modules_by_path.contains_key(path)
        || index.by_path.contains_key(path)
        || index.types.contains_key(path)
        || index.statics.contains_key(path)
}

/// Follows the rest of a path from something that is known.
fn down(index: &Index, start: &str, rest: &[String], steps: usize) -> Option<String> {
    if steps > STEPS {
        return None;
    }
    let Some((name, more)) = rest.split_first() else { return Some(super::tables::canonical(start)) };
    match index.modules_by_path.get(start) {
        Some(module) => {
            let next = name_in(index, *module, name, steps + 1).unwrap_or_else(|| format!("{start}::{name}"));
            down(index, &next, more, steps + 1)
        }
        None => {
            let path = format!("{start}::{}", rest.join("::"));
            Some(super::tables::canonical(&path))
        }
    }
}
