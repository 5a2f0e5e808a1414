//! Values thrown away: futures nobody awaits, tasks nobody joins, guards and permits released at once, time-outs unseen.

use super::super::tables;
use super::super::types::{FUTURE, Ty};
use super::super::walk::{Place, Walker};
use crate::review::finding::Severity;
use syn::Expr;
use syn::spanned::Spanned;

/// `expr;`
pub fn statement<'a>(walker: &mut Walker<'_, 'a>, expr: &'a Expr, ty: Option<&Ty>) {
    discarded(walker, expr, ty);
}

/// `let _ = expr;`
pub fn let_underscore<'a>(walker: &mut Walker<'_, 'a>, expr: &'a Expr, ty: Option<&Ty>) {
    discarded(walker, expr, ty);
    if let Expr::Await(awaited) = expr
        && let Expr::Call(call) = awaited.base.as_ref()
        && let Expr::Path(path) = call.func.as_ref()
        && walker.resolve(&path.path).is_some_and(|path| path.starts_with("tokio::time::timeout"))
    {
        walker.report("timeout-ignored", expr.span(), name(expr));
    }
    let is_guard = ty.is_some_and(|ty| tables::is_guard(&ty.path));
    if is_guard && matches!(expr, Expr::MethodCall(_)) {
        walker.report("permit-dropped", expr.span(), name(expr));
    }
}

fn discarded<'a>(walker: &mut Walker<'_, 'a>, expr: &'a Expr, ty: Option<&Ty>) {
    permit(walker, expr);
    let Some(ty) = ty else { return };
    let is_call = matches!(expr, Expr::Call(_) | Expr::MethodCall(_));
    match &*ty.path {
        FUTURE if is_call => future(walker, expr),
        "tokio::task::JoinHandle" if is_call => {
            let blocking = name(expr).contains("blocking");
            if !blocking {
                walker.report_as("dangling-task", Severity::Note, expr.span(), name(expr));
            }
        }
        _ => {}
    }
}

/// Only a call that itself makes the future: `slot.take()` gives one back that has been polled already. A function that
/// is not `async` may have done its work before it gives the future.
fn future<'a>(walker: &mut Walker<'_, 'a>, expr: &'a Expr) {
    let range = expr.span().byte_range();
    let call = walker.calls.iter().rev().take(4).find(|call| call.span.byte_range().end == range.end);
    let Some(call) = call else { return };
    let severity = match call.local {
        Some(local) if walker.index.varied.contains(&walker.index.fns[local].path) => return,
        Some(local) if walker.index.fns[local].sig.asyncness.is_some() => Severity::Failure,
        Some(_) => Severity::Note,
        None if tables::is_future(&call.path) => Severity::Failure,
        None => return,
    };
    walker.report_as("forgotten-await", severity, expr.span(), name(expr));
}

/// `let _ = limit.acquire().await;`: the permit is given back before the work begins.
fn permit<'a>(walker: &mut Walker<'_, 'a>, expr: &'a Expr) {
    let mut inner = expr;
    loop {
        inner = match inner {
            Expr::MethodCall(call) if matches!(call.method.to_string().as_str(), "unwrap" | "expect" | "ok") => {
                &call.receiver
            }
            Expr::Try(inner) => &inner.expr,
            Expr::Await(awaited) => {
                let Expr::MethodCall(call) = awaited.base.as_ref() else { return };
                let method = call.method.to_string();
                let acquires = matches!(method.as_str(), "acquire" | "acquire_owned");
                let known = walker.calls.iter().rev().take(8).any(|call| {
                    call.path.starts_with("tokio::sync::Semaphore::acquire") || &*call.path == "(method)::acquire_owned"
                });
                if acquires && known && walker.context.place == Place::Async {
                    walker.report("permit-dropped", expr.span(), method);
                }
                return;
            }
            _ => return,
        };
    }
}

/// The name of what is called last.
pub fn name(expr: &Expr) -> String {
    match expr {
        Expr::MethodCall(call) => call.method.to_string(),
        Expr::Call(call) => match call.func.as_ref() {
            Expr::Path(path) => {
                path.path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::")
            }
            _ => String::new(),
        },
        Expr::Await(inner) => name(&inner.base),
        Expr::Try(inner) => name(&inner.expr),
        Expr::Paren(inner) => name(&inner.expr),
        Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
        Expr::Field(field) => match &field.member {
            syn::Member::Named(name) => name.to_string(),
            syn::Member::Unnamed(index) => index.index.to_string(),
        },
        _ => String::new(),
    }
}
