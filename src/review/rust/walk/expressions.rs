//! Expressions: what they do, and the type of what they give.

use super::super::rules;
use super::super::tables;
use super::super::types::{self, FUTURE, SLICE, TUPLE, Ty};
use super::super::{calls, expand};
use super::{Held, Place, Use, Walker};
use syn::spanned::Spanned;
use syn::{Block, Expr, Pat};

impl<'a> Walker<'_, 'a> {
    pub fn expr(&mut self, expr: &'a Expr) -> Option<Ty> {
        self.expr_used(expr, Use::Value)
    }

    pub(super) fn expr_used(&mut self, expr: &'a Expr, usage: Use) -> Option<Ty> {
        self.depth += 1;
        let ty = self.expr_inner(expr, usage);
        self.depth -= 1;
        ty
    }

    pub(super) fn expr_inner(&mut self, expr: &'a Expr, usage: Use) -> Option<Ty> {
        match expr {
            Expr::Path(path) => self.path(path),
            Expr::Call(call) => calls::call(self, call, usage),
            Expr::MethodCall(call) => calls::method(self, call, usage),
            Expr::Await(awaited) => self.awaited(awaited),
            Expr::Async(block) => Some(self.async_block(&block.block, false)),
            Expr::Closure(closure) => {
                self.closure(closure, Place::Elsewhere);
                None
            }
            Expr::Block(block) => {
                let is_select = block.label.as_ref().is_some_and(|label| label.name.ident == expand::SELECT);
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
                // What each operand of a lazy boolean makes is gone behind it (reference, "temporary scopes").
                let lazy = matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_));
                for operand in [&binary.left, &binary.right] {
                    let before = self.temporaries.len();
                    let is_let = matches!(operand.as_ref(), Expr::Let(_));
                    self.expr(operand);
                    if lazy && !is_let {
                        self.temporaries.truncate(before);
                    }
                }
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

    pub(super) fn path(&mut self, path: &syn::ExprPath) -> Option<Ty> {
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

    pub(super) fn assigned(&mut self, left: &Expr, ty: Option<Ty>) {
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

    pub(super) fn awaited(&mut self, awaited: &'a syn::ExprAwait) -> Option<Ty> {
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
}
