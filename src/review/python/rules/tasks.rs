//! Tasks that nobody keeps, and event loops made by hand.

use super::forgotten::{dropped, mentions};
use crate::review::finding::Severity;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::{ModuleId, ScopeId};
use crate::review::python::value::Value;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        body(check, func.module, func.scope, &func.def.body, func.def.is_async);
    }
    for (id, module) in check.package.modules.iter().enumerate() {
        body(check, id, module.scope, module.body, false);
    }
}

fn body(check: &Check, module: ModuleId, scope: ScopeId, stmts: &[Stmt], is_async: bool) {
    let in_function = check.package.scopes[scope].parent.is_some();
    body::walk(stmts, &mut |node| match node {
        Node::Stmt(Stmt::Expr(stmt)) => dropped(&stmt.value, &mut |value| {
            let mut value = value;
            // `create_task(x).add_done_callback(f)` keeps the task no longer.
            while let Expr::Call(call) = value
                && let Expr::Attribute(attribute) = call.func.as_ref()
                && matches!(attribute.attr.as_str(), "add_done_callback" | "set_name")
            {
                value = &attribute.value;
            }
            if let Expr::Call(call) = value
                && makes_task(check, call, scope)
            {
                check.report(module, "dangling-task", call.range(), check.text(module, call.func.as_ref()));
            }
        }),
        Node::Stmt(Stmt::Assign(assign)) => {
            if let [Expr::Name(name)] = assign.targets.as_slice()
                && let Expr::Call(call) = assign.value.as_ref()
                && in_function
                && makes_task(check, call, scope)
                && !mentions(check, module, scope, stmts, name)
            {
                // A running frame keeps its names: only when nothing is awaited afterwards is the task lost at once.
                let kept = is_async && awaits_after(stmts, call.end().to_usize());
                let severity = if kept { Severity::Note } else { Severity::Warning };
                let subject = check.text(module, call.func.as_ref());
                check.report_as(module, "dangling-task", severity, call.range(), subject, Vec::new());
            }
        }
        Node::Expr(Expr::Call(call)) if !is_async => {
            let by_hand = check.values.path(&call.func, scope);
            if by_hand.is_some_and(|path| path.as_ref() == "asyncio.AbstractEventLoop.run_until_complete") {
                check.report(module, "loop-by-hand", call.range(), check.text(module, call.func.as_ref()));
            }
        }
        _ => {}
    });
}

fn awaits_after(stmts: &[Stmt], offset: usize) -> bool {
    body::any_expr(stmts, |expr| matches!(expr, Expr::Await(_)) && expr.start().to_usize() > offset)
}

/// Whether the call gives a task that only a weak reference of the loop keeps.
fn makes_task(check: &Check, call: &ast::ExprCall, scope: ScopeId) -> bool {
    match check.values.of(&call.func, scope) {
        Value::Path(path) => match path.as_ref() {
            "asyncio.create_task" | "asyncio.AbstractEventLoop.create_task" | "asyncio.Task" | "create_task" => true,
            // Giving it a future that something else keeps makes nothing new.
            "asyncio.ensure_future" => call.arguments.args.first().is_some_and(|arg| matches!(arg, Expr::Call(_))),
            other => other.ends_with("loop.create_task"),
        },
        Value::Unknown => match call.func.as_ref() {
            Expr::Attribute(attribute) if attribute.attr.as_str() == "create_task" => {
                Check::last_name(&attribute.value).ends_with("loop")
                    || matches!(attribute.value.as_ref(), Expr::Call(inner) if Check::last_name(&inner.func).ends_with("loop"))
            }
            _ => false,
        },
        _ => false,
    }
}
