//! One walk over a function: what it calls, from which context, with what types; guards and what is held at each await.
//!
//! Walking and typing are one: `expr` gives the type of what it has walked. The rules that need structure are called at
//! the places that they speak about (`rules::*`); calls are collected, since what they block on is known only when every
//! function has been walked.

use super::index::{FnId, Func, Index, ModId};
use super::types::{self, FUTURE, SLICE, TUPLE, Ty};
use super::{resolve, rules, tables};
use crate::review::finding::Severity;
use proc_macro2::Span;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use syn::spanned::Spanned;
use syn::{Block, Expr, Pat, Stmt};

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

    // ---- blocks and statements

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

    /// Binds the names of a pattern to the parts of a type.
    pub fn bind(&mut self, pattern: &Pat, ty: Option<Ty>, may_guard: bool) {
        match pattern {
            Pat::Ident(ident) => {
                let is_guard = may_guard && ty.as_ref().is_some_and(|ty| tables::is_guard(&ty.path));
                let guard = is_guard.then(|| Held {
                    span: ident.ident.span(),
                    alive: true,
                    dropped_after_use: false,
                    used: false,
                    level: self.context.level,
                });
                let name = ident.ident.to_string();
                // `None`-like constants look like names; they bind nothing that matters.
                self.vars.push(Var { name, ty: ty.clone(), guard, is_param: false });
                if let Some((_, inner)) = &ident.subpat {
                    self.bind(inner, ty, may_guard);
                }
            }
            Pat::Tuple(tuple) => {
                let members = ty.filter(|ty| &*ty.path == TUPLE).map(|ty| ty.args).unwrap_or_default();
                for (nth, inner) in tuple.elems.iter().enumerate() {
                    let member = members.get(nth).cloned().filter(|ty| &*ty.path != types::UNKNOWN);
                    self.bind(inner, member, may_guard);
                }
            }
            Pat::TupleStruct(inner) => {
                let last = inner.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                let through = matches!(last.as_str(), "Some" | "Ok");
                let ty = match ty {
                    Some(ty) if through && &*ty.path == rules::joins::NEXT => {
                        Some(Ty::with(rules::joins::RESULT, ty.args))
                    }
                    Some(ty) if through && &*ty.path == rules::joins::RESULT && last == "Ok" => {
                        ty.args.into_iter().next()
                    }
                    other => other,
                };
                let owner = if through { None } else { self.resolve(&inner.path) };
                for (nth, inner) in inner.elems.iter().enumerate() {
                    let member = owner.as_deref().and_then(|owner| self.field(owner, &nth.to_string()));
                    self.bind(inner, member.or_else(|| ty.clone().filter(|_| through)), may_guard);
                }
            }
            Pat::Struct(inner) => {
                let path = self.resolve(&inner.path);
                for field in &inner.fields {
                    let syn::Member::Named(name) = &field.member else { continue };
                    let ty = path.as_deref().and_then(|path| self.field(path, &name.to_string()));
                    self.bind(&field.pat, ty, may_guard);
                }
            }
            Pat::Reference(inner) => self.bind(&inner.pat, ty, may_guard),
            Pat::Paren(inner) => self.bind(&inner.pat, ty, may_guard),
            Pat::Type(inner) => {
                let written = self.read_type(&inner.ty);
                self.bind(&inner.pat, written.or(ty), may_guard);
            }
            Pat::Slice(inner) => inner.elems.iter().for_each(|inner| self.bind(inner, None, false)),
            Pat::Or(inner) => inner.cases.iter().for_each(|inner| self.bind(inner, ty.clone(), may_guard)),
            _ => {}
        }
    }

    fn field(&self, owner: &str, name: &str) -> Option<Ty> {
        let definition = self.index.types.get(owner)?;
        let field = match definition.fields? {
            syn::Fields::Named(fields) => {
                fields.named.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident == name))
            }
            syn::Fields::Unnamed(fields) => fields.unnamed.iter().nth(name.parse().ok()?),
            syn::Fields::Unit => None,
        }?;
        types::read(self.index, definition.module, Some(owner), &field.ty, 0)
    }

    // ---- expressions

    pub fn expr(&mut self, expr: &'a Expr) -> Option<Ty> {
        self.expr_used(expr, Use::Value)
    }

    fn expr_used(&mut self, expr: &'a Expr, usage: Use) -> Option<Ty> {
        self.depth += 1;
        let ty = self.expr_inner(expr, usage);
        self.depth -= 1;
        ty
    }

    fn expr_inner(&mut self, expr: &'a Expr, usage: Use) -> Option<Ty> {
        match expr {
            Expr::Path(path) => self.path(path),
            Expr::Call(call) => super::calls::call(self, call, usage),
            Expr::MethodCall(call) => super::calls::method(self, call, usage),
            Expr::Await(awaited) => self.awaited(awaited),
            Expr::Async(block) => Some(self.async_block(&block.block, false)),
            Expr::Closure(closure) => {
                self.closure(closure, Place::Elsewhere);
                None
            }
            Expr::Block(block) => {
                let is_select = block.label.as_ref().is_some_and(|label| label.name.ident == super::expand::SELECT);
                if is_select { self.select(&block.block) } else { self.block(&block.block) }
            }
            Expr::Unsafe(block) => self.block(&block.block),
            Expr::TryBlock(block) => self.block(&block.block),
            Expr::Const(block) => self.block(&block.block),
            Expr::If(branch) => self.branch(branch),
            Expr::Match(choice) => self.choice(choice),
            Expr::While(each) => {
                rules::polling::while_loop(self, each);
                self.context.loops += 1;
                let vars = self.vars.len();
                self.condition(&each.cond);
                self.block(&each.body);
                self.vars.truncate(vars);
                self.context.loops -= 1;
                None
            }
            Expr::Loop(each) => {
                rules::polling::endless_loop(self, each);
                self.context.loops += 1;
                self.block(&each.body);
                self.context.loops -= 1;
                None
            }
            Expr::ForLoop(each) => {
                let ty = self.expr(&each.expr);
                rules::limits::for_loop(self, each);
                rules::joins::for_loop(self, each);
                let vars = self.vars.len();
                if let Some(ty) = &ty
                    && matches!(
                        &*ty.path,
                        "std::sync::mpsc::Receiver" | "crossbeam_channel::Receiver" | "flume::Receiver"
                    )
                {
                    let path = format!("{}::iter", ty.path);
                    self.push_call(path, None, each.expr.span(), false);
                }
                let element = ty.filter(|ty| &*ty.path == SLICE).and_then(|ty| ty.args.into_iter().next());
                self.context.loops += 1;
                self.bind(&each.pat, element, false);
                self.block(&each.body);
                self.context.loops -= 1;
                self.vars.truncate(vars);
                None
            }
            Expr::Let(condition) => {
                let ty = self.expr(&condition.expr);
                self.bind(&condition.pat, ty, true);
                None
            }
            Expr::Reference(inner) => {
                let ty = self.expr(&inner.expr);
                self.through_guard(ty)
            }
            Expr::Unary(inner) => {
                let ty = self.expr(&inner.expr);
                if matches!(inner.op, syn::UnOp::Deref(_)) { self.through_guard(ty) } else { None }
            }
            Expr::Paren(inner) => self.expr_used(&inner.expr, usage),
            Expr::Group(inner) => self.expr_used(&inner.expr, usage),
            Expr::Try(inner) => {
                let ty = self.expr_used(&inner.expr, Use::Value)?;
                Some(if &*ty.path == rules::joins::RESULT {
                    ty.args.into_iter().next().unwrap_or_else(Ty::unknown)
                } else {
                    ty
                })
            }
            Expr::Field(field) => {
                let base = self.expr(&field.base);
                let base = self.through_guard(base)?;
                let name = match &field.member {
                    syn::Member::Named(name) => name.to_string(),
                    syn::Member::Unnamed(index) => index.index.to_string(),
                };
                if &*base.path == TUPLE {
                    return base.args.into_iter().nth(name.parse().ok()?).filter(|ty| &*ty.path != types::UNKNOWN);
                }
                self.field(&base.path, &name)
            }
            Expr::Index(index) => {
                self.expr(&index.index);
                let base = self.expr(&index.expr);
                let base = self.through_guard(base)?;
                (&*base.path == SLICE).then(|| base.args.into_iter().next()).flatten()
            }
            Expr::Struct(literal) => {
                for field in &literal.fields {
                    self.expr(&field.expr);
                    self.moved(&field.expr);
                }
                if let Some(rest) = &literal.rest {
                    self.expr(rest);
                }
                self.resolve(&literal.path).map(Ty::new)
            }
            Expr::Tuple(tuple) => {
                let members = tuple.elems.iter().map(|element| self.expr(element).unwrap_or_else(Ty::unknown));
                Some(Ty::with(TUPLE, members.collect()))
            }
            Expr::Array(array) => {
                let mut element = None;
                for inner in &array.elems {
                    element = self.expr(inner).or(element);
                }
                Some(Ty::with(SLICE, element.into_iter().collect()))
            }
            Expr::Repeat(repeat) => {
                let element = self.expr(&repeat.expr);
                Some(Ty::with(SLICE, element.into_iter().collect()))
            }
            Expr::Cast(cast) => {
                self.expr(&cast.expr);
                self.read_type(&cast.ty)
            }
            Expr::Assign(assign) => {
                self.expr(&assign.left);
                let ty = self.expr(&assign.right);
                self.assigned(&assign.left, ty);
                None
            }
            Expr::Binary(binary) => {
                self.expr(&binary.left);
                self.expr(&binary.right);
                None
            }
            Expr::Return(inner) => inner.expr.as_ref().and_then(|inner| {
                let ty = self.expr(inner);
                self.moved(inner);
                ty
            }),
            Expr::Break(inner) => inner.expr.as_ref().and_then(|inner| self.expr(inner)),
            Expr::Yield(inner) => inner.expr.as_ref().and_then(|inner| self.expr(inner)),
            Expr::Range(range) => {
                for end in range.start.iter().chain(range.end.iter()) {
                    self.expr(end);
                }
                None
            }
            Expr::Lit(literal) => matches!(literal.lit, syn::Lit::Str(_)).then(|| Ty::new("str")),
            _ => None,
        }
    }

    fn path(&mut self, path: &syn::ExprPath) -> Option<Ty> {
        if let Some(ident) = path.path.get_ident() {
            let name = ident.to_string();
            if let Some(var) = self.vars.iter_mut().rev().find(|var| var.name == name) {
                if let Some(held) = &mut var.guard {
                    held.used = true;
                }
                return var.ty.clone();
            }
        }
        let full = self.resolve(&path.path)?;
        if let Some((module, ty)) = self.index.statics.get(&full) {
            return types::read(self.index, *module, None, ty, 0);
        }
        None
    }

    /// What a guard gives access to; other types stay.
    pub fn through_guard(&self, ty: Option<Ty>) -> Option<Ty> {
        let ty = ty?;
        if tables::is_guard(&ty.path) { ty.args.into_iter().next() } else { Some(ty) }
    }

    /// A variable given away: a guard in it is held by somebody else now.
    pub fn moved(&mut self, expr: &Expr) {
        if let Expr::Path(path) = expr
            && let Some(ident) = path.path.get_ident()
            && let Some(var) = self.vars.iter_mut().rev().find(|var| ident == &var.name)
            && let Some(held) = &mut var.guard
        {
            held.alive = false;
        }
    }

    fn assigned(&mut self, left: &Expr, ty: Option<Ty>) {
        let Expr::Path(path) = left else { return };
        let Some(ident) = path.path.get_ident() else { return };
        let level = self.context.level;
        if let Some(var) = self.vars.iter_mut().rev().find(|var| ident == &var.name) {
            let is_guard = ty.as_ref().is_some_and(|ty| tables::is_guard(&ty.path));
            if is_guard {
                let span = ident.span();
                var.guard = Some(Held { span, alive: true, dropped_after_use: false, used: false, level });
            }
            if var.ty.is_none() {
                var.ty = ty;
            }
        }
    }

    fn awaited(&mut self, awaited: &'a syn::ExprAwait) -> Option<Ty> {
        let ty = self.expr_used(&awaited.base, Use::Awaited);
        rules::guards::at_await(self, awaited);
        rules::select::at_await(self, awaited);
        let ty = ty?;
        match &*ty.path {
            FUTURE => ty.args.into_iter().next(),
            "tokio::task::JoinHandle" => Some(Ty::with(rules::joins::RESULT, ty.args)),
            _ => Some(ty),
        }
    }

    /// Walks an async block; gives the type of its future.
    pub fn async_block(&mut self, block: &'a Block, spawned: bool) -> Ty {
        let outer = self.context;
        let temporaries = std::mem::take(&mut self.temporaries);
        if outer.place != Place::OffThread {
            self.context.place = Place::Async;
            self.async_blocks += 1;
        }
        self.context.loops = 0;
        self.context.select = None;
        self.context.level += 1;
        self.context.spawned |= spawned;
        let output = self.block(block);
        self.context = outer;
        self.temporaries = temporaries;
        Ty::with(FUTURE, output.into_iter().collect())
    }

    /// Walks a closure's body in the place where it will run.
    pub fn closure(&mut self, closure: &'a syn::ExprClosure, place: Place) -> Option<Ty> {
        let outer = self.context;
        let vars = self.vars.len();
        let temporaries = std::mem::take(&mut self.temporaries);
        for input in &closure.inputs {
            let ty = match input {
                Pat::Type(typed) => self.read_type(&typed.ty),
                _ => None,
            };
            self.bind(input, ty, false);
        }
        if closure.asyncness.is_some() && outer.place != Place::OffThread {
            self.context.place = Place::Async;
            self.async_blocks += 1;
            self.context.level += 1;
            self.context.loops = 0;
        } else if outer.place == Place::OffThread {
            self.context.place = Place::OffThread;
        } else if place != outer.place {
            self.context.place = place;
            self.context.level += 1;
            self.context.loops = 0;
        }
        let ty = self.expr(&closure.body);
        self.context = outer;
        self.vars.truncate(vars);
        self.temporaries = temporaries;
        ty
    }

    fn select(&mut self, block: &'a Block) -> Option<Ty> {
        let Some(Stmt::Expr(Expr::Match(arms), _)) = block.stmts.first() else { return self.block(block) };
        let in_loop = self.context.loops > 0;
        let guards = self.guards();
        for arm in &arms.arms {
            if let Some((_, guard)) = &arm.guard {
                self.expr(guard);
            }
            let vars = self.vars.len();
            match arm.body.as_ref() {
                Expr::Block(body) if matches!(body.block.stmts.first(), Some(Stmt::Local(_))) => {
                    let mut stmts = body.block.stmts.iter();
                    if let Some(Stmt::Local(local)) = stmts.next() {
                        let outer = self.context.select;
                        self.context.select = Some(in_loop);
                        self.local(local);
                        self.context.select = outer;
                    }
                    for stmt in stmts {
                        self.stmt(stmt);
                    }
                }
                other => {
                    self.expr(other);
                }
            }
            self.vars.truncate(vars);
            self.restore(&guards);
        }
        None
    }

    fn condition(&mut self, condition: &'a Expr) {
        let before = self.temporaries.len();
        let is_let = has_let(condition);
        self.expr(condition);
        if !is_let {
            self.temporaries.truncate(before);
        }
    }

    fn branch(&mut self, branch: &'a syn::ExprIf) -> Option<Ty> {
        let vars = self.vars.len();
        let temporaries = self.temporaries.len();
        self.condition(&branch.cond);
        let before = self.guards();
        let ty = self.block(&branch.then_branch);
        let after_then = if leaves(&branch.then_branch) { None } else { Some(self.guards()) };
        self.restore(&before);
        self.vars.truncate(vars.max(self.vars.len().min(vars)));
        let other = match &branch.else_branch {
            Some((_, otherwise)) => {
                let ty = self.expr(otherwise);
                let left = matches!(otherwise.as_ref(), Expr::Block(block) if leaves(&block.block));
                let after = if left { None } else { Some(self.guards()) };
                (ty, after)
            }
            None => (None, Some(before.clone())),
        };
        self.merge([after_then, other.1]);
        self.temporaries.truncate(temporaries);
        ty.or(other.0)
    }

    fn choice(&mut self, choice: &'a syn::ExprMatch) -> Option<Ty> {
        let temporaries = self.temporaries.len();
        let subject = self.expr(&choice.expr);
        let before = self.guards();
        let (mut ty, mut after) = (None, Vec::new());
        for arm in &choice.arms {
            let vars = self.vars.len();
            self.bind(&arm.pat, subject.clone(), true);
            if let Some((_, guard)) = &arm.guard {
                self.expr(guard);
            }
            let arm_ty = self.expr(&arm.body);
            ty = ty.or(arm_ty);
            self.vars.truncate(vars);
            let left = match arm.body.as_ref() {
                Expr::Block(block) => leaves(&block.block),
                other => is_exit(other),
            };
            after.push((!left).then(|| self.guards()));
            self.restore(&before);
        }
        self.merge(after);
        self.temporaries.truncate(temporaries);
        ty
    }

    // ---- guards along branches

    fn guards(&self) -> Vec<Option<Held>> {
        self.vars.iter().map(|var| var.guard).collect()
    }

    fn restore(&mut self, guards: &[Option<Held>]) {
        for (var, guard) in self.vars.iter_mut().zip(guards) {
            var.guard = *guard;
        }
    }

    /// A guard is alive behind a branch when one of the ways that lead there keeps it.
    fn merge(&mut self, ways: impl IntoIterator<Item = Option<Vec<Option<Held>>>>) {
        let ways: Vec<Vec<Option<Held>>> = ways.into_iter().flatten().collect();
        if ways.is_empty() {
            return;
        }
        for (nth, var) in self.vars.iter_mut().enumerate() {
            let states: Vec<Held> = ways.iter().filter_map(|way| way.get(nth).copied().flatten()).collect();
            if let Some(mut held) = states.first().copied() {
                held.alive = states.iter().any(|state| state.alive);
                held.used = states.iter().any(|state| state.used);
                held.dropped_after_use = states.iter().any(|state| state.dropped_after_use);
                var.guard = Some(held);
            }
        }
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

fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        Expr::Paren(inner) => has_let(&inner.expr),
        _ => false,
    }
}

/// Whether control never goes on behind the block.
pub fn leaves(block: &Block) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        Stmt::Expr(expr, _) => is_exit(expr),
        Stmt::Macro(mac) => mac.mac.path.segments.last().is_some_and(|segment| {
            matches!(segment.ident.to_string().as_str(), "panic" | "unreachable" | "todo" | "unimplemented" | "bail")
        }),
        _ => false,
    })
}

/// Whether control never goes on behind the expression.
pub fn is_exit(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Block(block) => leaves(&block.block),
        Expr::If(branch) => {
            leaves(&branch.then_branch) && branch.else_branch.as_ref().is_some_and(|(_, otherwise)| is_exit(otherwise))
        }
        _ => false,
    }
}
