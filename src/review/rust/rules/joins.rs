//! Tasks and their results: `JoinError` unwrapped, tasks awaited where they are started, awaits one after the other.

use super::super::types::Ty;
use super::super::walk::{Place, Walker};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, Pat, Stmt};

/// The type of what awaiting a task gives: a result whose error is a `JoinError`.
pub const RESULT: &str = "(join result)";
/// The type of what `join_next` gives: an option of it.
pub const NEXT: &str = "(join next)";

/// `handle.await.unwrap()`
pub fn method<'a>(walker: &mut Walker<'_, 'a>, call: &'a syn::ExprMethodCall, receiver: &Ty) {
    let name = call.method.to_string();
    if &*receiver.path == RESULT && matches!(name.as_str(), "unwrap" | "expect") {
        walker.report("join-error-unwrapped", call.method.span(), name);
    }
}

/// `for x in xs { f(x).await }` and `for x in xs { spawn(f(x)).await }`
pub fn for_loop<'a>(walker: &mut Walker<'_, 'a>, each: &'a syn::ExprForLoop) {
    if walker.context.place != Place::Async || each.body.stmts.len() > 2 {
        return;
    }
    let Pat::Ident(variable) = each.pat.as_ref() else { return };
    for stmt in &each.body.stmts {
        let expr = match stmt {
            Stmt::Expr(expr, _) => expr,
            Stmt::Local(local) => match &local.init {
                Some(init) => init.expr.as_ref(),
                None => continue,
            },
            _ => continue,
        };
        let mut awaited = expr;
        while let Expr::Try(inner) = awaited {
            awaited = &inner.expr;
        }
        if let Expr::MethodCall(push) = awaited
            && push.args.len() == 1
            && matches!(push.method.to_string().as_str(), "push" | "unwrap" | "expect")
        {
            awaited = if push.method == "push" { &push.args[0] } else { &push.receiver };
        }
        let Expr::Await(awaited) = awaited else { continue };
        let mut finder = Finder { name: variable.ident.to_string(), found: false };
        finder.visit_expr(&awaited.base);
        if !finder.found {
            continue;
        }
        let name = super::dropped::name(&awaited.base);
        let last = name.rsplit("::").next().unwrap_or(&name);
        if last == "spawn" || last == "spawn_blocking" {
            walker.report("spawn-then-await", awaited.span(), name);
        } else if may_run_together(last) {
            walker.report("await-in-loop", awaited.span(), name);
        }
    }
}

/// Whether nothing in the name says that the order matters.
fn may_run_together(name: &str) -> bool {
    !name.is_empty()
        && ![
            "send", "write", "push", "close", "flush", "sleep", "lock", "recv", "next", "await", "join", "execute",
            "feed", "tick",
        ]
        .iter()
        .any(|word| name.contains(word))
}

struct Finder {
    name: String,
    found: bool,
}

impl<'a> Visit<'a> for Finder {
    fn visit_expr_path(&mut self, path: &'a syn::ExprPath) {
        self.found |= path.path.get_ident().is_some_and(|ident| *ident == self.name.as_str());
    }
}
