//! One walk over a function: what it calls, from which context, with what types; guards and what is held at each await.
//!
//! Walking and typing are one: `expr` gives the type of what it has walked. The rules that need structure are called at
//! the places that they speak about (`rules::*`); calls are collected, since what they block on is known only when every
//! function has been walked.

mod branches;
mod expressions;
mod patterns;

pub use branches::{is_exit, leaves};

use super::index::{FnId, Func, Index, ModId};
use super::types::{self, Ty};
use super::{resolve, rules, tables};
use crate::review::finding::Severity;
use proc_macro2::Span;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use syn::spanned::Spanned;
use syn::{Block, Pat, Stmt};

/// Where code runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the function itself, which is sync.
    Sync,
    /// In async code: it holds up the loop.
    Async,
    /// In a closure that somebody else calls, some time.
    Elsewhere,
    /// On a thread that may block.
    OffThread,
}

/// What surrounds the code that is walked.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub place: Place,
    /// Loops around it, within the same async block or closure.
    pub loops: usize,
    /// Inside an arm's future of a `select!`; whether that is in a loop.
    pub select: Option<bool>,
    /// Under a time-out.
    pub timed: bool,
    /// In a block that is a task of its own.
    pub spawned: bool,
    /// Async blocks and closures around it: guards of outer levels are not held here.
    pub level: usize,
}

/// A call, or a method call.
#[derive(Debug, Clone)]
pub struct Call {
    /// Full path of what is called; methods stand behind their type.
    pub path: Rc<str>,
    pub local: Option<FnId>,
    pub span: Span,
    pub awaited: bool,
    pub context: Context,
}

/// A finding before it has a place in a file.
#[derive(Debug, Clone)]
pub struct Found {
    pub rule: &'static str,
    pub severity: Severity,
    pub span: Span,
    pub subject: String,
}

/// A variable.
#[derive(Debug, Clone)]
pub struct Var {
    pub name: String,
    pub ty: Option<Ty>,
    pub guard: Option<Held>,
    pub is_param: bool,
}

/// A guard in a variable.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    pub span: Span,
    pub alive: bool,
    /// Dropped by `drop` after it was used: released, yet still part of the future's type.
    pub dropped_after_use: bool,
    pub used: bool,
    pub level: usize,
}

/// How the value of an expression is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Value,
    Awaited,
    /// An expression statement with a semicolon, or `let _ =`.
    Dropped,
}

pub struct Walker<'w, 'a> {
    pub index: &'w Index<'a>,
    pub func: &'w Func<'a>,
    pub text: &'w str,
    pub module: ModId,
    pub vars: Vec<Var>,
    pub context: Context,
    pub calls: Vec<Call>,
    pub found: Vec<Found>,
    /// Guards that live until the end of the statement.
    pub temporaries: Vec<Span>,
    pub async_blocks: usize,
    uses: Vec<FxHashMap<String, Vec<String>>>,
    /// Glob imports of the blocks around.
    globs: Vec<Vec<String>>,
    depth: usize,
}

impl<'w, 'a> Walker<'w, 'a> {
    /// Walks a function.
    pub fn function(index: &'w Index<'a>, func: &'w Func<'a>, text: &'w str) -> Walker<'w, 'a> {
        let is_poll = func.name.starts_with("poll") && mentions_context(func.sig);
        let place = if func.sig.asyncness.is_some() || is_poll { Place::Async } else { Place::Sync };
        let context = Context { place, loops: 0, select: None, timed: false, spawned: false, level: 0 };
        let mut walker = Walker {
            index,
            func,
            text,
            module: func.module,
            vars: Vec::new(),
            context,
            calls: Vec::new(),
            found: Vec::new(),
            temporaries: Vec::new(),
            async_blocks: 0,
            uses: Vec::new(),
            globs: Vec::new(),
            depth: 0,
        };
        for input in &func.sig.inputs {
            match input {
                syn::FnArg::Receiver(_) => {
                    let ty = func.self_type.as_deref().map(Ty::new);
                    walker.vars.push(Var { name: "self".to_owned(), ty, guard: None, is_param: false });
                }
                syn::FnArg::Typed(typed) => {
                    let ty = walker.read_type(&typed.ty);
                    let before = walker.vars.len();
                    walker.bind(&typed.pat, ty, false);
                    walker.vars[before..].iter_mut().for_each(|var| var.is_param = true);
                }
            }
        }
        walker.block(func.block);
        walker
    }

    pub fn slice(&self, span: Span) -> &'w str {
        let range = span.byte_range();
        self.text.get(range).unwrap_or("")
    }

    /// The text of a function's body.
    pub fn body_text(&self) -> &'w str {
        self.slice(self.func.block.span())
    }

    pub fn report(&mut self, rule: &'static str, span: Span, subject: impl Into<String>) {
        let severity = crate::review::rule::table().get(rule).severity;
        self.report_as(rule, severity, span, subject);
    }

    pub fn report_as(&mut self, rule: &'static str, severity: Severity, span: Span, subject: impl Into<String>) {
        self.found.push(Found { rule, severity, span, subject: subject.into() });
    }

    fn read_type(&self, ty: &syn::Type) -> Option<Ty> {
        if let syn::Type::Path(path) = ty
            && path.path.segments.len() == 1
            && !self.uses.is_empty()
            && matches!(path.path.segments[0].arguments, syn::PathArguments::None)
        {
            return self.resolve(&path.path).map(Ty::new);
        }
        if let syn::Type::Path(path) = ty
            && path.path.segments.len() == 1
            && let Some(bound) = self.generic(&path.path.segments[0].ident)
        {
            return Some(bound);
        }
        types::read(self.index, self.module, self.func.self_type.as_deref(), ty, 0)
    }

    /// The first local trait that a generic parameter is bound by.
    fn generic(&self, name: &syn::Ident) -> Option<Ty> {
        self.func.sig.generics.type_params().find(|parameter| parameter.ident == *name).map(|_| Ty::unknown())
    }

    /// The full path of a path in the code.
    pub fn resolve(&self, path: &syn::Path) -> Option<String> {
        let mut segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments[0] == "Self" {
            let own = self.func.self_type.as_ref()?;
            let rest = &segments[1..];
            return Some(if rest.is_empty() { own.clone() } else { format!("{own}::{}", rest.join("::")) });
        }
        if path.leading_colon.is_none() {
            for scope in self.uses.iter().rev() {
                if let Some(target) = scope.get(&segments[0]) {
                    segments.splice(0..1, target.iter().cloned());
                    break;
                }
            }
            for glob in self.globs.iter().rev() {
                let Some(start) = resolve::in_module(self.index, self.module, glob, 0) else { continue };
                let full = format!("{start}::{}", segments.join("::"));
                if tables::is_known(&full) || self.index.by_path.contains_key(&full) {
                    return Some(full);
                }
            }
            if segments.len() == 1 {
                let nested = format!("{}::{}", self.func.path, segments[0]);
                if self.index.by_path.contains_key(&nested) {
                    return Some(nested);
                }
            }
        }
        resolve::in_module(self.index, self.module, &segments, 0)
    }

    pub fn var(&self, name: &str) -> Option<&Var> {
        self.vars.iter().rev().find(|var| var.name == name)
    }

    pub fn block(&mut self, block: &'a Block) -> Option<Ty> {
        let vars = self.vars.len();
        let temporaries = self.temporaries.len();
        let globs = self.globs.len();
        let mut scope = FxHashMap::default();
        for stmt in &block.stmts {
            if let Stmt::Item(syn::Item::Use(item)) = stmt {
                let mut names = Vec::new();
                super::index::flatten(&item.tree, &mut Vec::new(), &mut names);
                for (name, path) in names {
                    match name {
                        Some(name) => drop(scope.insert(name, path)),
                        None => self.globs.push(path),
                    }
                }
            }
        }
        let has_uses = !scope.is_empty();
        if has_uses {
            self.uses.push(scope);
        }
        let mut ty = None;
        for stmt in &block.stmts {
            let before = self.temporaries.len();
            ty = self.stmt(stmt);
            self.temporaries.truncate(before);
        }
        if has_uses {
            self.uses.pop();
        }
        self.globs.truncate(globs);
        self.vars.truncate(vars);
        self.temporaries.truncate(temporaries);
        ty
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Option<Ty> {
        match stmt {
            Stmt::Local(local) => {
                self.local(local);
                None
            }
            Stmt::Expr(expr, semi) => {
                let usage = if semi.is_some() { Use::Dropped } else { Use::Value };
                let ty = self.expr_used(expr, usage);
                if semi.is_some() {
                    rules::dropped::statement(self, expr, ty.as_ref());
                    return None;
                }
                ty
            }
            _ => None,
        }
    }

    fn local(&mut self, local: &'a syn::Local) {
        let (pattern, written) = match &local.pat {
            Pat::Type(typed) => (typed.pat.as_ref(), self.read_type(&typed.ty)),
            other => (other, None),
        };
        let Some(init) = &local.init else {
            self.bind(pattern, written, false);
            return;
        };
        let is_wild = matches!(pattern, Pat::Wild(_));
        let ty = self.expr_used(&init.expr, if is_wild { Use::Dropped } else { Use::Value });
        if is_wild {
            rules::dropped::let_underscore(self, &init.expr, ty.as_ref());
        }
        rules::limits::local(self, pattern, &init.expr, ty.as_ref());
        if let Some((_, otherwise)) = &init.diverge {
            self.expr(otherwise);
        }
        // A reference into a temporary guard keeps the guard to the end of the block; such code does not compile, except
        // through lifetime extension of `&*m.lock()`, which is rare enough to leave out.
        let named = written.filter(|ty| &*ty.path != types::UNKNOWN).or(ty);
        self.bind(pattern, named, true);
    }

    pub fn push_call(&mut self, path: impl Into<Rc<str>>, local: Option<FnId>, span: Span, awaited: bool) {
        self.calls.push(Call { path: path.into(), local, span, awaited, context: self.context });
    }
}

fn mentions_context(sig: &syn::Signature) -> bool {
    sig.inputs.iter().any(|input| match input {
        syn::FnArg::Typed(typed) => match typed.ty.as_ref() {
            syn::Type::Reference(inner) => match inner.elem.as_ref() {
                syn::Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == "Context"),
                _ => false,
            },
            _ => false,
        },
        syn::FnArg::Receiver(_) => false,
    })
}
