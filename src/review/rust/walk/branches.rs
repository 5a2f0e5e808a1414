//! Branches: what holds behind an `if`, a `match` or a `select!`, whichever way was taken.

use super::super::types::Ty;
use super::{Held, Place, Walker};
use syn::spanned::Spanned;
use syn::{Block, Expr, Stmt};

impl<'a> Walker<'_, 'a> {
    pub(super) fn select(&mut self, block: &'a Block) -> Option<Ty> {
        let Some(Stmt::Expr(Expr::Match(arms), _)) = block.stmts.first() else { return self.block(block) };
        let in_loop = self.context.loops > 0;
        let guards = self.guards();
        for arm in &arms.arms {
            if let Some((_, guard)) = &arm.guard {
                // What a guard's condition makes is gone when the arm begins.
                let before = self.temporaries.len();
                self.expr(guard);
                self.temporaries.truncate(before);
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

    pub(super) fn condition(&mut self, condition: &'a Expr) {
        let before = self.temporaries.len();
        let is_let = has_let(condition);
        self.expr(condition);
        if !is_let {
            self.temporaries.truncate(before);
        }
    }

    /// Walks what runs where there is no runtime: `Err(_)` of `Handle::try_current()`.
    fn without_runtime(&mut self, expr: &'a Expr) -> Option<Ty> {
        let outer = self.context.place;
        self.context.place = Place::Elsewhere;
        let ty = self.expr(expr);
        self.context.place = outer;
        ty
    }

    pub(super) fn branch(&mut self, branch: &'a syn::ExprIf) -> Option<Ty> {
        let vars = self.vars.len();
        let temporaries = self.temporaries.len();
        self.condition(&branch.cond);
        let before = self.guards();
        let ty = self.block(&branch.then_branch);
        let after_then = if leaves(&branch.then_branch) { None } else { Some(self.guards()) };
        self.restore(&before);
        self.vars.truncate(vars.max(self.vars.len().min(vars)));
        // A guard that the pattern took is not there where the pattern does not match.
        if let Expr::Let(cond) = branch.cond.as_ref() {
            let end = cond.expr.span().byte_range().end;
            self.temporaries.retain(|held| held.byte_range().end != end);
        }
        let other = match &branch.else_branch {
            Some((_, otherwise)) => {
                let no_runtime = matches!(branch.cond.as_ref(), Expr::Let(cond) if asks_for_runtime(&cond.expr));
                let ty = if no_runtime { self.without_runtime(otherwise) } else { self.expr(otherwise) };
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

    pub(super) fn choice(&mut self, choice: &'a syn::ExprMatch) -> Option<Ty> {
        let temporaries = self.temporaries.len();
        let subject = self.expr(&choice.expr);
        let before = self.guards();
        let (mut ty, mut after) = (None, Vec::new());
        for arm in &choice.arms {
            let vars = self.vars.len();
            self.bind(&arm.pat, subject.clone(), true);
            if let Some((_, guard)) = &arm.guard {
                // What a guard's condition makes is gone when the arm begins.
                let before = self.temporaries.len();
                self.expr(guard);
                self.temporaries.truncate(before);
            }
            let no_runtime = asks_for_runtime(&choice.expr) && is_error(&arm.pat);
            let arm_ty = if no_runtime { self.without_runtime(&arm.body) } else { self.expr(&arm.body) };
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

    pub(super) fn guards(&self) -> Vec<Option<Held>> {
        self.vars.iter().map(|var| var.guard).collect()
    }

    pub(super) fn restore(&mut self, guards: &[Option<Held>]) {
        for (var, guard) in self.vars.iter_mut().zip(guards) {
            var.guard = *guard;
        }
    }

    /// A guard is alive behind a branch when one of the ways that lead there keeps it.
    pub(super) fn merge(&mut self, ways: impl IntoIterator<Item = Option<Vec<Option<Held>>>>) {
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
}

/// `Handle::try_current()`
fn asks_for_runtime(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    let Expr::Path(path) = call.func.as_ref() else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "try_current")
}

/// `Err(..)` or `_`
fn is_error(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::TupleStruct(pat) => pat.path.segments.last().is_some_and(|last| last.ident == "Err"),
        syn::Pat::Wild(_) => true,
        _ => false,
    }
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
