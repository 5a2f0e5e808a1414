//! Files to syntax trees: from the crates' roots along `mod`, and the rest of what was asked for.

use super::index::Parsed;
use super::project::{Project, Root};
use crate::course::Track;
use crate::review::source::SourceFile;
use crate::review::{Problem, depth};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use syn::Item;

/// Parses every file that the roots reach, and those asked for that no root reaches.
pub fn parse(project: &mut Project, problems: &mut Vec<Problem>) -> (Parsed, Vec<(usize, String, PathBuf)>) {
    let mut parsed = Parsed::default();
    let mut tried = rustc_hash::FxHashSet::default();
    let mut edges = Vec::new();
    let mut queue: Vec<usize> = project.roots.iter().map(|root| root.file).collect();
    let asked: Vec<usize> = (0..project.sources.len()).collect();
    let mut reached: rustc_hash::FxHashSet<usize> = queue.iter().copied().collect();
    let mut rest = asked.into_iter();
    loop {
        while let Some(file) = queue.pop() {
            if !tried.insert(file) {
                continue;
            }
            let Some(tree) = parse_file(&project.sources[file], problems) else { continue };
            let path = project.sources[file].path.clone();
            let is_root = project.roots.iter().any(|root| root.file == file);
            let mut wanted = Vec::new();
            declared_modules(&tree.items, &module_folder(&path, is_root), path.parent(), &mut wanted);
            for (name, candidates) in wanted {
                let found = candidates.iter().find(|candidate| candidate.is_file());
                if let Some(inner) = found.and_then(|candidate| project.file(candidate)) {
                    reached.insert(inner);
                    edges.push((file, name, project.sources[inner].path.clone()));
                    queue.push(inner);
                }
            }
            parsed.insert(file, Rc::new(tree));
        }
        match rest.next() {
            Some(file) if reached.insert(file) => {
                let name = format!("{}#file", project.sources[file].name);
                project.roots.push(Root { name, file, is_test: false });
                queue.push(file);
            }
            Some(_) => {}
            None => return (parsed, edges),
        }
    }
}

fn parse_file(source: &SourceFile, problems: &mut Vec<Problem>) -> Option<syn::File> {
    if depth::estimate(&source.text, Track::Rust) > depth::LIMIT {
        problems.push(Problem::at(source, 0, "nests deeper than this program reads"));
        return None;
    }
    let mut text = std::borrow::Cow::Borrowed(source.text.as_str());
    if text.starts_with("#!") && !text.starts_with("#![") {
        // A shebang line: blanked, so that offsets stay.
        let end = text.find('\n').unwrap_or(text.len());
        text = format!("{}{}", " ".repeat(end), &text[end..]).into();
    }
    match syn::parse_str::<syn::File>(&text) {
        Ok(mut file) => {
            super::expand::expand(&mut file);
            Some(file)
        }
        Err(error) => {
            let offset = error.span().byte_range().start;
            problems.push(Problem::at(source, offset, &error.to_string()));
            None
        }
    }
}

/// The folder in which a file's modules are looked for.
fn module_folder(path: &Path, is_root: bool) -> PathBuf {
    let parent = path.parent().unwrap_or(Path::new("")).to_owned();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if is_root || stem == "mod" { parent } else { parent.join(stem) }
}

type Wanted = Vec<(String, Vec<PathBuf>)>;

fn declared_modules(items: &[Item], folder: &Path, beside: Option<&Path>, wanted: &mut Wanted) {
    for item in items {
        let Item::Mod(module) = item else { continue };
        let name = module.ident.to_string().trim_start_matches("r#").to_owned();
        match &module.content {
            Some((_, inner)) => {
                let mut nested = Vec::new();
                declared_modules(inner, &folder.join(&name), None, &mut nested);
                wanted.extend(nested.into_iter().map(|(inner, paths)| (format!("{name}::{inner}"), paths)));
            }
            None => {
                let candidates = match path_attribute(&module.attrs) {
                    Some(path) => vec![beside.unwrap_or(folder).join(&path), folder.join(&path)],
                    None => vec![folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")],
                };
                wanted.push((name, candidates));
            }
        }
    }
}

fn path_attribute(attrs: &[syn::Attribute]) -> Option<String> {
    attrs.iter().find(|attr| attr.path().is_ident("path")).and_then(|attr| match &attr.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) => Some(text.value()),
        _ => None,
    })
}
