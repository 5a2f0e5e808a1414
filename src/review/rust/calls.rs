//! Calls and method calls: what is called, what it gives, and where its closures run.

use super::index::FnId;
use super::types::{self, FUTURE, SLICE, TUPLE, Ty};
use super::walk::{Place, Use, Walker};
use super::{rules, tables};
use syn::Expr;
use syn::spanned::Spanned;

/// Methods that call their closure on the spot.
const INLINE: [&str; 45] = [
    "map",
    "and_then",
    "or_else",
    "unwrap_or_else",
    "map_err",
    "filter",
    "filter_map",
    "flat_map",
    "for_each",
    "any",
    "all",
    "find",
    "find_map",
    "fold",
    "try_fold",
    "try_for_each",
    "position",
    "ok_or_else",
    "then",
    "take_while",
    "skip_while",
    "map_while",
    "inspect",
    "inspect_err",
    "retain",
    "sort_by",
    "sort_by_key",
    "max_by_key",
    "min_by_key",
    "map_or",
    "map_or_else",
    "is_some_and",
    "is_none_or",
    "is_ok_and",
    "or_insert_with",
    "get_or_insert_with",
    "get_or_init",
    "and_modify",
    "with",
    "partition",
    "scan",
    "unwrap_or_default_with",
    "zip_with",
    "sum_by",
    "with_mut",
];

/// Methods that give back what they are called on, as far as types go here.
const SAME: [&str; 36] = [
    "clone",
    "to_owned",
    "as_ref",
    "as_mut",
    "unwrap",
    "expect",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "ok",
    "ok_or",
    "ok_or_else",
    "iter",
    "iter_mut",
    "by_ref",
    "map_err",
    "borrow",
    "borrow_mut",
    "as_deref",
    "as_deref_mut",
    "into_iter",
    "drain",
    "context",
    "with_context",
    "take",
    "into",
    "get_mut",
    "cloned",
    "as_pin_mut",
    "get_ref",
    "into_inner",
    "unwrap_unchecked",
    "or_else",
    "deref",
    "deref_mut",
    "enumerate",
];

/// Where a closure given to a call of this name runs.
fn closure_place(walker: &Walker, name: &str, path: &str) -> Place {
    let off = (name.contains("block") && !name.contains("block_on"))
        || name == "unblock"
        || name == "asyncify"
        || name.contains("spawn")
        || path.starts_with("std::thread::")
        || path.starts_with("rayon::");
    if off {
        Place::OffThread
    } else if INLINE.contains(&name) {
        walker.context.place
    } else {
        Place::Elsewhere
    }
}

fn arguments<'a>(
    walker: &mut Walker<'_, 'a>,
    args: &'a syn::punctuated::Punctuated<Expr, syn::Token![,]>,
    name: &str,
    path: &str,
) -> Vec<Option<Ty>> {
    let spawns = name.contains("spawn");
    let timed = name.starts_with("timeout");
    let outer = walker.context;
    walker.context.timed |= timed;
    let all = args.iter().map(|argument| match argument {
        Expr::Closure(closure) => {
            let place = closure_place(walker, name, path);
            walker.closure(closure, place);
            None
        }
        Expr::Async(block) => Some(walker.async_block(&block.block, spawns)),
        other => {
            let ty = walker.expr(other);
            walker.moved(other);
            ty
        }
    });
    let all = all.collect();
    walker.context = outer;
    all
}

/// A call of a function.
pub fn call<'a>(walker: &mut Walker<'_, 'a>, call: &'a syn::ExprCall, usage: Use) -> Option<Ty> {
    let function = match call.func.as_ref() {
        Expr::Paren(inner) => inner.expr.as_ref(),
        other => other,
    };
    if let Expr::Closure(closure) = function {
        let place = walker.context.place;
        let ty = walker.closure(closure, place);
        arguments(walker, &call.args, "", "");
        return ty;
    }
    let Expr::Path(path) = function else {
        walker.expr(function);
        arguments(walker, &call.args, "", "");
        return None;
    };
    let full = match path.path.get_ident() {
        Some(ident) if walker.var(&ident.to_string()).is_some() => None,
        _ => walker.resolve(&path.path),
    };
    let name = path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let Some(full) = full else {
        arguments(walker, &call.args, &name, "");
        return None;
    };
    if full == "std::mem::drop" {
        call.args.iter().for_each(|argument| dropped(walker, argument));
        return None;
    }
    let args = arguments(walker, &call.args, &name, &full);
    let local = local_function(walker, &full);
    let span = call.func.span().join(call.span()).unwrap_or_else(|| call.span());
    walker.push_call(full.as_str(), local, span, usage == Use::Awaited);
    rules::network::called(walker, &full, span, usage);
    rules::limits::called(walker, &full, call);
    if let Some(local) = local {
        return returned(walker, local);
    }
    outside(&full, &name, args)
}

/// `drop(guard)`: released, but when it was dereferenced before, the compiler still counts it as held.
fn dropped<'a>(walker: &mut Walker<'_, 'a>, argument: &'a Expr) {
    let Expr::Path(path) = argument else {
        walker.expr(argument);
        return;
    };
    let Some(ident) = path.path.get_ident() else { return };
    if let Some(held) = walker.vars.iter_mut().rev().find(|var| ident == &var.name).and_then(|var| var.guard.as_mut()) {
        held.alive = false;
        held.dropped_after_use = held.used;
    }
}

fn local_function(walker: &Walker, full: &str) -> Option<FnId> {
    if let Some(id) = walker.index.by_path.get(full) {
        return Some(*id);
    }
    let (owner, name) = full.rsplit_once("::")?;
    method_of(walker, owner, name)
}

fn method_of(walker: &Walker, owner: &str, name: &str) -> Option<FnId> {
    if let Some(id) = walker.index.by_path.get(&format!("{owner}::{name}")) {
        return Some(*id);
    }
    let traits = walker.index.implements.get(owner)?;
    traits.iter().find_map(|of| walker.index.by_path.get(&format!("{of}::{name}")).copied())
}

/// What a function of these crates gives.
fn returned(walker: &Walker, id: FnId) -> Option<Ty> {
    let func = &walker.index.fns[id];
    let output = match &func.sig.output {
        syn::ReturnType::Type(_, ty) => types::read(walker.index, func.module, func.self_type.as_deref(), ty, 0),
        syn::ReturnType::Default => None,
    };
    if func.sig.asyncness.is_some() {
        return Some(Ty::with(FUTURE, output.into_iter().collect()));
    }
    output
}

/// What a function of another crate gives, by table or by its name.
fn outside(full: &str, name: &str, args: Vec<Option<Ty>>) -> Option<Ty> {
    if let Some(short) = tables::result(full) {
        let inner: Vec<Ty> = args.into_iter().flatten().take(1).collect();
        return Some(Ty::short(short, &inner));
    }
    let (owner, _) = full.rsplit_once("::")?;
    let owner_name = owner.rsplit("::").next().unwrap_or(owner);
    if tables::is_future(full) {
        return Some(Ty::with(FUTURE, Vec::new()));
    }
    match (owner_name, name) {
        ("Arc" | "Rc" | "Box" | "Pin" | "Cow" | "Cell" | "Option" | "Result" | "OnceLock" | "OnceCell", _)
        | (_, "Some" | "Ok") => args.into_iter().next().flatten(),
        ("Vec", "new" | "with_capacity") => Some(Ty::new(SLICE)),
        _ if owner_name.starts_with(|letter: char| letter.is_ascii_uppercase()) => {
            let makes = [
                "new",
                "default",
                "from",
                "with_",
                "open",
                "create",
                "connect",
                "bind",
                "build",
                "try_new",
                "options",
                "accept",
                "establish",
            ]
            .iter()
            .any(|start| name.starts_with(start));
            let args: Vec<Ty> = args.into_iter().map(|ty| ty.unwrap_or_else(Ty::unknown)).take(1).collect();
            makes.then(|| Ty::with(owner, args))
        }
        _ => None,
    }
}

/// A call of a method.
pub fn method<'a>(walker: &mut Walker<'_, 'a>, call: &'a syn::ExprMethodCall, usage: Use) -> Option<Ty> {
    let receiver = walker.expr(&call.receiver);
    let name = call.method.to_string();
    let span = call.span();
    if let Some(ty) = &receiver {
        rules::joins::method(walker, call, ty);
    }
    // What a guard does not have is a method of what it guards.
    let own_of_guard = matches!(name.as_str(), "unwrap" | "expect" | "map" | "unwrap_or_else" | "ok");
    let is_guard = receiver.as_ref().is_some_and(|ty| tables::is_guard(&ty.path));
    let receiver = if is_guard && !own_of_guard { walker.through_guard(receiver) } else { receiver };
    // A buffer reads and writes what it wraps; over bytes in memory it never waits.
    let wraps = |ty: &Ty| matches!(&*ty.path, "std::io::BufReader" | "std::io::BufWriter" | "std::io::LineWriter");
    let receiver = match receiver {
        Some(ty) if wraps(&ty) => ty.args.into_iter().next(),
        other => other,
    };
    let owner = receiver.as_ref().map(|ty| ty.path.clone()).filter(|path| &**path != types::UNKNOWN);
    let full = owner.as_ref().map(|owner| tables::canonical(&format!("{owner}::{name}")));
    let args = arguments(walker, &call.args, &name, full.as_deref().unwrap_or(""));
    let local = owner.as_deref().and_then(|owner| method_of(walker, owner, &name));
    let path = full.clone().unwrap_or_else(|| format!("(method)::{name}"));
    walker.push_call(path.as_str(), local, span, usage == Use::Awaited);
    rules::network::called(walker, &path, span, usage);
    if let Some(local) = local {
        let ty = returned(walker, local);
        if ty.as_ref().is_some_and(|ty| tables::is_guard(&ty.path)) {
            walker.temporaries.push(span);
        }
        return ty;
    }
    let receiver = receiver?;
    let full = full?;
    if let Some(short) = tables::result(&full) {
        let ty = Ty::short(short, &receiver.args);
        if tables::is_guard(&ty.path) {
            walker.temporaries.push(span);
        }
        return Some(ty);
    }
    match (&*receiver.path, name.as_str()) {
        ("tokio::sync::Mutex" | "tokio::sync::RwLock", "lock" | "read" | "write" | "lock_owned") => {
            Some(Ty::with(FUTURE, receiver.args.into_iter().take(1).collect()))
        }
        ("tokio::task::JoinSet", "join_next") => {
            Some(Ty::with(FUTURE, vec![Ty::with(rules::joins::NEXT, receiver.args)]))
        }
        (rules::joins::NEXT, "unwrap" | "expect") => Some(Ty::with(rules::joins::RESULT, receiver.args)),
        (rules::joins::RESULT, "unwrap" | "expect" | "ok") => receiver.args.into_iter().next(),
        (SLICE, "get" | "first" | "last" | "pop" | "remove" | "swap_remove") => receiver.args.into_iter().next(),
        // `OnceLock<Mutex<T>>` is read as `Mutex<T>`; so are its own methods.
        ("std::sync::Mutex" | "std::sync::RwLock" | "parking_lot::Mutex", "get" | "get_or_init") => Some(receiver),
        (TUPLE, _) => None,
        _ if tables::is_future(&full) => Some(Ty::with(FUTURE, Vec::new())),
        _ if SAME.contains(&name.as_str()) => Some(receiver),
        (path, _) if is_builder(path) => Some(receiver),
        _ => {
            drop(args);
            None
        }
    }
}

/// Types whose methods mostly give themselves back.
fn is_builder(path: &str) -> bool {
    path.ends_with("Builder")
        || path.ends_with("::Command")
        || path.ends_with("::OpenOptions")
        || path.ends_with("ureq::Request")
}
