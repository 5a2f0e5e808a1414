//! A small idea of types: enough to tell a std channel from tokio's, or a guard from its value.
//!
//! References, smart pointers, `Option` and `Result` are looked through, since methods are; what is left is a path and its
//! first type arguments.

use super::index::{Index, ModId};
use super::resolve;
use std::rc::Rc;

/// A type, as far as the text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ty {
    pub path: Rc<str>,
    pub args: Vec<Ty>,
}

/// A tuple's path; its members are the arguments.
pub const TUPLE: &str = "(tuple)";
/// The path of a future that an async function gives; its output is the argument.
pub const FUTURE: &str = "(future)";
/// A slice, array or vector; its element is the argument.
pub const SLICE: &str = "std::vec::Vec";
/// The member that nothing is known of.
pub const UNKNOWN: &str = "?";

impl Ty {
    pub fn new(path: impl Into<Rc<str>>) -> Ty {
        Ty { path: path.into(), args: Vec::new() }
    }

    pub fn with(path: impl Into<Rc<str>>, args: Vec<Ty>) -> Ty {
        Ty { path: path.into(), args }
    }

    pub fn unknown() -> Ty {
        Ty::new(UNKNOWN)
    }

    /// Reads the short form of `names.toml`: a path, or `(path,path)`.
    pub fn short(text: &str, args: &[Ty]) -> Ty {
        match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
            Some(inner) => Ty::with(TUPLE, inner.split(',').map(Ty::new).collect()),
            None => Ty::with(text, args.to_vec()),
        }
    }
}

const STEPS: usize = 16;

/// The type that is written in a module; `self_type` is what `Self` means there.
pub fn read(index: &Index, module: ModId, self_type: Option<&str>, ty: &syn::Type, steps: usize) -> Option<Ty> {
    if steps > STEPS {
        return None;
    }
    let read_inner = |inner: &syn::Type| read(index, module, self_type, inner, steps + 1);
    match ty {
        syn::Type::Reference(inner) => read_inner(&inner.elem),
        syn::Type::Paren(inner) => read_inner(&inner.elem),
        syn::Type::Group(inner) => read_inner(&inner.elem),
        syn::Type::Slice(inner) => Some(Ty::with(SLICE, read_inner(&inner.elem).into_iter().collect())),
        syn::Type::Array(inner) => Some(Ty::with(SLICE, read_inner(&inner.elem).into_iter().collect())),
        syn::Type::Tuple(inner) => {
            let members = inner.elems.iter().map(|member| read_inner(member).unwrap_or_else(Ty::unknown));
            Some(Ty::with(TUPLE, members.collect()))
        }
        syn::Type::ImplTrait(inner) => bounds(index, module, self_type, &inner.bounds, steps),
        syn::Type::TraitObject(inner) => bounds(index, module, self_type, &inner.bounds, steps),
        syn::Type::Path(path) => {
            let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let arguments = |at: usize| {
                let segment = path.path.segments.last()?;
                let syn::PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
                let types = list.args.iter().filter_map(|argument| match argument {
                    syn::GenericArgument::Type(inner) => Some(inner),
                    _ => None,
                });
                types.into_iter().nth(at)
            };
            if segments.len() == 1 && segments[0] == "Self" {
                return self_type.map(Ty::new);
            }
            if segments.len() == 1 && segments[0] == "str" {
                return Some(Ty::new("str"));
            }
            let path = resolve::in_module(index, module, &segments, 0)?;
            match path.as_str() {
                "std::boxed::Box"
                | "std::sync::Arc"
                | "std::rc::Rc"
                | "std::pin::Pin"
                | "std::option::Option"
                | "std::result::Result"
                | "std::borrow::Cow"
                | "std::mem::ManuallyDrop"
                | "std::sync::OnceLock"
                | "std::cell::OnceCell"
                | "std::sync::LazyLock"
                | "std::io::Result"
                | "anyhow::Result"
                | "once_cell::sync::Lazy"
                | "once_cell::sync::OnceCell"
                | "std::sync::LockResult"
                | "tokio::io::Result" => read_inner(arguments(0)?),
                _ => {
                    if let Some(definition) = index.types.get(&path)
                        && let Some(alias) = definition.alias
                    {
                        let aliased = read(index, definition.module, self_type, alias, steps + 1);
                        // `type Result<T> = std::result::Result<T, Error>`: the argument is what is meant.
                        return aliased.or_else(|| read_inner(arguments(0)?));
                    }
                    let args = (0..2).map_while(arguments).map(|inner| read_inner(inner).unwrap_or_else(Ty::unknown));
                    Some(Ty::with(path, args.collect()))
                }
            }
        }
        _ => None,
    }
}

fn bounds(
    index: &Index,
    module: ModId,
    self_type: Option<&str>,
    bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>,
    steps: usize,
) -> Option<Ty> {
    bounds.iter().find_map(|bound| {
        let syn::TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last()?;
        if last.ident != "Future" {
            let segments: Vec<String> = bound.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            return resolve::in_module(index, module, &segments, 0).map(Ty::new);
        }
        let syn::PathArguments::AngleBracketed(list) = &last.arguments else { return Some(Ty::new(FUTURE)) };
        let output = list.args.iter().find_map(|argument| match argument {
            syn::GenericArgument::AssocType(output) if output.ident == "Output" => Some(&output.ty),
            _ => None,
        });
        let output = output.and_then(|output| read(index, module, self_type, output, steps + 1));
        Some(Ty::with(FUTURE, output.into_iter().collect()))
    })
}
