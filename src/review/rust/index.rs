//! What the crates define: modules with their imports, functions, methods, types and their fields.
//!
//! Everything is known by its full path as a text, `crate::module::Type::method`, with the crate's own name in front.

use super::project::Project;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::PathBuf;
use std::rc::Rc;
use syn::{ImplItem, Item, TraitItem, UseTree};

pub type ModId = usize;
pub type FnId = usize;

/// Parsed files; boxed so that references into them stay good while more are read.
pub type Parsed = FxHashMap<usize, Rc<syn::File>>;

pub struct Index<'a> {
    pub mods: Vec<Module>,
    pub fns: Vec<Func<'a>>,
    /// Full path to function; methods stand behind their type.
    pub by_path: FxHashMap<String, FnId>,
    /// Paths of functions that are async in one configuration of the crate and sync in another, or there for some type
    /// arguments only: that a call is one of them is not sure.
    pub varied: FxHashSet<String>,
    pub types: FxHashMap<String, TypeDef<'a>>,
    /// Full path of a type to the full paths of the traits that it implements.
    pub implements: FxHashMap<String, Vec<String>>,
    pub statics: FxHashMap<String, (ModId, &'a syn::Type)>,
    /// Crate name to its root module.
    pub crates: FxHashMap<String, ModId>,
    /// The number of `async` functions and blocks of files asked for is counted while walking.
    pub modules_by_path: FxHashMap<String, ModId>,
}

pub struct Module {
    pub path: String,
    pub krate: ModId,
    pub parent: Option<ModId>,
    pub file: usize,
    pub uses: FxHashMap<String, Vec<String>>,
    pub globs: Vec<Vec<String>>,
}

pub struct Func<'a> {
    pub name: String,
    pub path: String,
    pub module: ModId,
    /// The full path of the type whose method this is.
    pub self_type: Option<String>,
    pub sig: &'a syn::Signature,
    pub block: &'a syn::Block,
    pub attrs: &'a [syn::Attribute],
    pub is_test: bool,
}

pub struct TypeDef<'a> {
    pub module: ModId,
    pub fields: Option<&'a syn::Fields>,
    pub alias: Option<&'a syn::Type>,
}

/// Builds the index of all crates.
pub fn build<'a>(project: &Project, parsed: &'a Parsed, edges: &[(usize, String, PathBuf)]) -> Index<'a> {
    let mut by_file: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    for (file, name, path) in edges {
        if let Some(inner) = project.sources.iter().position(|source| source.path == *path) {
            by_file.insert((*file, name.as_str()), inner);
        }
    }
    let index = Index {
        mods: Vec::new(),
        fns: Vec::new(),
        by_path: FxHashMap::default(),
        varied: FxHashSet::default(),
        types: FxHashMap::default(),
        implements: FxHashMap::default(),
        statics: FxHashMap::default(),
        crates: FxHashMap::default(),
        modules_by_path: FxHashMap::default(),
    };
    let mut builder = Builder { index, parsed, by_file, depth: 0, impls: Vec::new() };
    for root in &project.roots {
        let Some(tree) = parsed.get(&root.file) else { continue };
        let id = builder.module(&root.name, None, root.file, "", &tree.items, root.is_test);
        builder.index.crates.entry(root.name.clone()).or_insert(id);
    }
    let impls = std::mem::take(&mut builder.impls);
    let mut index = builder.index;
    for (module, item, is_test) in impls {
        implementation(&mut index, module, item, is_test);
    }
    index
}

struct Builder<'a, 'e> {
    index: Index<'a>,
    parsed: &'a Parsed,
    by_file: FxHashMap<(usize, &'e str), usize>,
    depth: usize,
    impls: Vec<(ModId, &'a syn::ItemImpl, bool)>,
}

impl<'a> Builder<'a, '_> {
    /// `inline` is the path of inline modules within the file, for finding the files of modules declared in them.
    fn module(
        &mut self,
        path: &str,
        parent: Option<ModId>,
        file: usize,
        inline: &str,
        items: &'a [Item],
        is_test: bool,
    ) -> ModId {
        let id = self.index.mods.len();
        let krate = parent.map_or(id, |parent| self.index.mods[parent].krate);
        self.index.mods.push(Module {
            path: path.to_owned(),
            krate,
            parent,
            file,
            uses: FxHashMap::default(),
            globs: Vec::new(),
        });
        self.index.modules_by_path.entry(path.to_owned()).or_insert(id);
        for item in items {
            self.item(id, file, inline, item, is_test);
        }
        id
    }

    fn item(&mut self, id: ModId, file: usize, inline: &str, item: &'a Item, is_test: bool) {
        let path = self.index.mods[id].path.clone();
        match item {
            Item::Use(item) => {
                let mut uses = Vec::new();
                flatten(&item.tree, &mut Vec::new(), &mut uses);
                for (name, target) in uses {
                    match name {
                        Some(name) => {
                            self.index.mods[id].uses.insert(name, target);
                        }
                        None => self.index.mods[id].globs.push(target),
                    }
                }
            }
            Item::ExternCrate(item) => {
                if let Some((_, name)) = &item.rename {
                    self.index.mods[id].uses.insert(name.to_string(), vec![item.ident.to_string()]);
                }
            }
            Item::Mod(module) => {
                let name = module.ident.to_string().trim_start_matches("r#").to_owned();
                let is_test = is_test || is_cfg_test(&module.attrs);
                let inner_path = format!("{path}::{name}");
                let inner_inline = if inline.is_empty() { name.clone() } else { format!("{inline}::{name}") };
                match &module.content {
                    Some((_, items)) => {
                        self.module(&inner_path, Some(id), file, &inner_inline, items, is_test);
                    }
                    None => {
                        let Some(inner) = self.by_file.get(&(file, inner_inline.as_str())).copied() else { return };
                        // A file may name itself as its own module by `#[path]`.
                        if let Some(tree) = self.parsed.get(&inner)
                            && self.depth < 64
                        {
                            self.depth += 1;
                            self.module(&inner_path, Some(id), inner, "", &tree.items, is_test);
                            self.depth -= 1;
                        }
                    }
                }
            }
            Item::Fn(item) => {
                let is_test = is_test || is_test_fn(&item.attrs) || is_cfg_test(&item.attrs);
                add_fn(&mut self.index, id, &path, None, (&item.sig, &item.block, &item.attrs), is_test);
            }
            Item::Struct(item) => {
                let definition = TypeDef { module: id, fields: Some(&item.fields), alias: None };
                self.index.types.insert(format!("{path}::{}", item.ident), definition);
            }
            Item::Enum(item) => {
                let definition = TypeDef { module: id, fields: None, alias: None };
                self.index.types.insert(format!("{path}::{}", item.ident), definition);
                for variant in &item.variants {
                    let definition = TypeDef { module: id, fields: Some(&variant.fields), alias: None };
                    self.index.types.insert(format!("{path}::{}::{}", item.ident, variant.ident), definition);
                }
            }
            Item::Type(item) => {
                let definition = TypeDef { module: id, fields: None, alias: Some(&item.ty) };
                self.index.types.insert(format!("{path}::{}", item.ident), definition);
            }
            Item::Trait(item) => {
                let name = format!("{path}::{}", item.ident);
                self.index.types.insert(name.clone(), TypeDef { module: id, fields: None, alias: None });
                for inner in &item.items {
                    if let TraitItem::Fn(method) = inner
                        && let Some(block) = &method.default
                    {
                        let parts = (&method.sig, block, method.attrs.as_slice());
                        add_fn(&mut self.index, id, &name, Some(&name), parts, is_test);
                    }
                }
            }
            Item::Impl(item) => self.impls.push((id, item, is_test || is_cfg_test(&item.attrs))),
            Item::Static(item) => {
                self.index.statics.insert(format!("{path}::{}", item.ident), (id, &item.ty));
            }
            Item::Const(item) => {
                self.index.statics.insert(format!("{path}::{}", item.ident), (id, &item.ty));
            }
            _ => {}
        }
    }
}

fn implementation<'a>(index: &mut Index<'a>, module: ModId, item: &'a syn::ItemImpl, is_test: bool) {
    let syn::Type::Path(path) = item.self_ty.as_ref() else { return };
    let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let Some(name) = super::resolve::in_module(index, module, &segments, 0) else { return };
    if let Some((_, path, _)) = &item.trait_ {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(of) = super::resolve::in_module(index, module, &segments, 0) {
            index.implements.entry(name.clone()).or_default().push(of);
        }
    }
    for inner in &item.items {
        if let ImplItem::Fn(method) = inner {
            let is_test = is_test || is_test_fn(&method.attrs);
            let parts = (&method.sig, &method.block, method.attrs.as_slice());
            add_fn(index, module, &name, Some(&name), parts, is_test);
            if for_some_only(item) {
                index.varied.insert(format!("{name}::{}", method.sig.ident));
            }
        }
    }
}

/// Whether the methods are those of some type arguments only: `impl Guard<'_, State>`, not `impl<T> Guard<'_, T>`.
fn for_some_only(item: &syn::ItemImpl) -> bool {
    let syn::Type::Path(path) = item.self_ty.as_ref() else { return false };
    let Some(syn::PathArguments::AngleBracketed(arguments)) = path.path.segments.last().map(|last| &last.arguments)
    else {
        return false;
    };
    arguments.args.iter().any(|argument| match argument {
        syn::GenericArgument::Type(syn::Type::Path(path)) => {
            let is_parameter =
                |name: &syn::Ident| item.generics.type_params().any(|parameter| parameter.ident == *name);
            !path.path.get_ident().is_some_and(is_parameter)
        }
        _ => false,
    })
}

type FnParts<'a> = (&'a syn::Signature, &'a syn::Block, &'a [syn::Attribute]);

pub fn add_fn<'a>(
    index: &mut Index<'a>,
    module: ModId,
    inside: &str,
    self_type: Option<&str>,
    (sig, block, attrs): FnParts<'a>,
    is_test: bool,
) {
    let id = index.fns.len();
    let name = sig.ident.to_string();
    let path = format!("{inside}::{name}");
    let first = *index.by_path.entry(path.clone()).or_insert(id);
    if index.fns.get(first).is_some_and(|first| first.sig.asyncness.is_some() != sig.asyncness.is_some()) {
        index.varied.insert(path.clone());
    }
    let self_type = self_type.map(str::to_owned);
    index.fns.push(Func { name, path, module, self_type, sig, block, attrs, is_test });
    nested(index, id, is_test);
}

/// Functions declared in the body of another.
fn nested<'a>(index: &mut Index<'a>, outer: FnId, is_test: bool) {
    let Func { block, module, ref path, .. } = index.fns[outer];
    let path = path.clone();
    for stmt in &block.stmts {
        if let syn::Stmt::Item(Item::Fn(item)) = stmt {
            add_fn(index, module, &path, None, (&item.sig, &item.block, &item.attrs), is_test);
        }
    }
}

/// The names that a `use` binds, each with its path; no name for a glob.
pub fn flatten(tree: &UseTree, before: &mut Vec<String>, out: &mut Vec<(Option<String>, Vec<String>)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, out);
            before.pop();
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let mut path = before.clone();
            if name != "self" {
                path.push(name);
            }
            out.push((path.last().cloned(), path));
        }
        UseTree::Rename(rename) => {
            let mut path = before.clone();
            if rename.ident != "self" {
                path.push(rename.ident.to_string());
            }
            out.push((Some(rename.rename.to_string()), path));
        }
        UseTree::Glob(_) => out.push((None, before.clone())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, out)),
    }
}

pub fn is_cfg_test(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("cfg")
            && matches!(&attr.meta, syn::Meta::List(list) if {
                let text = list.tokens.to_string();
                text == "test" || (text.contains("test") && !text.contains("not"))
            })
    })
}

/// `#[test]`, `#[tokio::test]`, `#[rstest]` and the like.
pub fn is_test_fn(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| {
        let last = attr.path().segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        last == "test" || last == "rstest" || last == "test_case" || last == "bench" || last.ends_with("_test")
    })
}
