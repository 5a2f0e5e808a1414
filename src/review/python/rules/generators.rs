//! Async generators that hold something open, and loops that leave them early.

use super::groups::opens;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::Func;
use crate::review::python::value::Value;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        if !func.def.is_async {
            continue;
        }
        // A decorator (`asynccontextmanager`, a fixture) says who ends the generator.
        let plain_generator = func.is_generator && func.def.decorator_list.is_empty();
        body::walk(&func.def.body, &mut |node| match node {
            Node::Stmt(Stmt::With(with)) if plain_generator => holds(check, func, with),
            Node::Stmt(Stmt::For(each)) if each.is_async => leaves(check, func, each),
            _ => {}
        });
    }
}

/// `async with x: yield y`
fn holds(check: &Check, func: &Func, with: &ast::StmtWith) {
    let Some(item) = with.items.first() else { return };
    // Task groups and time-outs have a rule of their own.
    let harmless = ["suppress", "closing", "aclosing", "nullcontext"];
    let quiet = match &item.context_expr {
        Expr::Call(call) => harmless.iter().any(|word| Check::last_name(&call.func).ends_with(word)),
        _ => false,
    };
    if quiet || with.items.iter().any(|item| opens(check, &item.context_expr, func.scope).is_some()) {
        return;
    }
    if body::has_yield(&with.body) {
        let subject = check.text(func.module, &item.context_expr);
        check.report(func.module, "yield-holding-resource", item.context_expr.range(), subject);
    }
}

/// `async for x in items(): break`, where `items` has something to clean up.
fn leaves(check: &Check, func: &Func, each: &ast::StmtFor) {
    let Expr::Call(call) = each.iter.as_ref() else { return };
    let Value::Func(generator) = check.values.of(&call.func, func.scope) else { return };
    let generator = &check.package.funcs[generator];
    let mut cleans = false;
    body::walk(&generator.def.body, &mut |node| match node {
        Node::Stmt(Stmt::Try(attempt)) => cleans |= !attempt.finalbody.is_empty(),
        Node::Stmt(Stmt::With(_)) => cleans = true,
        _ => {}
    });
    if generator.is_generator && generator.def.is_async && cleans && stops(&each.body, 0) {
        check.report(
            func.module,
            "generator-not-closed",
            each.iter.range(),
            check.text(func.module, call.func.as_ref()),
        );
    }
}

/// Whether the loop's body can end the loop.
fn stops(body: &[Stmt], loops: usize) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::Return(_) => true,
        Stmt::Break(_) => loops == 0,
        Stmt::If(branch) => {
            stops(&branch.body, loops) || branch.elif_else_clauses.iter().any(|clause| stops(&clause.body, loops))
        }
        Stmt::With(with) => stops(&with.body, loops),
        Stmt::Try(attempt) => stops(&attempt.body, loops) || stops(&attempt.orelse, loops),
        Stmt::For(each) => stops(&each.body, loops + 1),
        Stmt::While(each) => stops(&each.body, loops + 1),
        _ => false,
    })
}
