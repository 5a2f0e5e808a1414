//! Time-outs that cannot work, and network waits that have none.

use super::groups::{Opens, opens};
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::{Binding, Func};
use crate::review::python::value::Value;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        if func.def.is_async {
            function(check, func);
        }
    }
}

fn function(check: &Check, func: &Func) {
    let mut covered: Vec<TextRange> = Vec::new();
    body::walk(&func.def.body, &mut |node| match node {
        Node::Stmt(Stmt::With(with)) => {
            for item in &with.items {
                if opens(check, &item.context_expr, func.scope) != Some(Opens::TimeOut) {
                    late(check, func, &item.context_expr);
                    continue;
                }
                covered.push(with.range);
                let waits = body::has_await(&with.body)
                    || with.items.iter().any(|item| body_has_await(&item.context_expr))
                    || body::has_yield(&with.body);
                let opens_more = with.is_async && with.items.len() > 1;
                if !waits && !opens_more && !is_shield(check, func, &item.context_expr) {
                    let subject = check.text(func.module, &item.context_expr);
                    check.report(func.module, "timeout-no-await", item.context_expr.range(), subject);
                }
                late(check, func, &item.context_expr);
            }
        }
        Node::Expr(Expr::Call(call)) => {
            let path = check.values.path(&call.func, func.scope);
            if path.is_some_and(|path| matches!(path.as_ref(), "asyncio.wait_for" | "asyncio.wait")) {
                covered.push(call.range());
            }
        }
        Node::Expr(Expr::Await(awaited)) => {
            if let Expr::Call(call) = awaited.value.as_ref()
                && let Some(path) = check.values.path(&call.func, func.scope)
                && check.tables.is_network(&path)
                && !covered.iter().any(|range| range.contains_range(awaited.range))
                && !call
                    .arguments
                    .keywords
                    .iter()
                    .any(|keyword| keyword.arg.as_ref().is_none_or(|arg| arg.as_str().contains("timeout")))
            {
                let subject = check.text(func.module, call.func.as_ref());
                check.report(func.module, "network-no-timeout", awaited.range, subject);
            }
        }
        _ => {}
    });
}

fn body_has_await(expr: &Expr) -> bool {
    let mut found = false;
    body::walk_expr(expr, &mut |inner| found |= matches!(inner, Expr::Await(_)));
    found
}

/// A scope that only shields, or that others cancel, needs no await of its own to be meant so.
fn is_shield(check: &Check, func: &Func, expr: &Expr) -> bool {
    check.text(func.module, expr).contains("shield")
}

/// Whether an `if` has one place in one of its branches and the other in another.
fn in_other_branch(body: &[Stmt], one: TextRange, other: TextRange) -> bool {
    let mut found = false;
    body::walk(body, &mut |node| {
        if let Node::Stmt(Stmt::If(branch)) = node {
            let clauses = branch.elif_else_clauses.iter().map(|clause| &clause.body[..]);
            let holds = |range: TextRange| {
                let mut bodies = std::iter::once(&branch.body[..]).chain(clauses.clone());
                bodies.position(|body| {
                    body.first().is_some_and(|first| first.start() <= range.start())
                        && body.last().is_some_and(|last| range.end() <= last.end())
                })
            };
            found |= matches!((holds(one), holds(other)), (Some(here), Some(there)) if here != there);
        }
    });
    found
}

/// A time-out made before the `with` that uses it: its time runs from where it was made.
fn late(check: &Check, func: &Func, expr: &Expr) {
    let Expr::Name(name) = expr else { return };
    let Some(bounds) = check.package.scopes[func.scope].names.get(name.id.as_str()) else { return };
    let waits_between = |from: TextSize| {
        body::any_expr(&func.def.body, |inner| {
            matches!(inner, Expr::Await(_))
                && inner.start() > from
                && inner.start() < expr.start()
                && !in_other_branch(&func.def.body, inner.range(), expr.range())
        })
    };
    let made_before = bounds.iter().filter(|bound| waits_between(bound.at)).any(|bound| match bound.binding {
        Binding::Value(Expr::Call(call)) => match check.values.of(&call.func, func.scope) {
            Value::Path(path) => matches!(
                path.as_ref(),
                "asyncio.timeout"
                    | "async_timeout.timeout"
                    | "anyio.fail_after"
                    | "anyio.move_on_after"
                    | "trio.fail_after"
                    | "trio.move_on_after"
            ),
            _ => false,
        },
        _ => false,
    });
    if made_before {
        check.report(func.module, "late-timeout", expr.range(), name.id.as_str());
    }
}
