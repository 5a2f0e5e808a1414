//! Loops that ask again and again: without ever waiting, or between sleeps.

use super::super::walk::{self, Place, Walker};
use crate::review::finding::Severity;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Stmt};

/// Methods that ask without waiting.
const ASKS: [&str; 10] = [
    "elapsed",
    "load",
    "is_finished",
    "try_recv",
    "try_lock",
    "try_acquire",
    "is_closed",
    "try_wait",
    "try_read",
    "is_set",
];

/// How the path of a call begins that is no call but a loop which asks all the time.
pub const SPINS: &str = "busy-poll::";

/// What a piece of code does.
#[derive(Default)]
struct Seen {
    asks: Option<String>,
    sleeps: bool,
    yields: bool,
    /// Awaits of anything else.
    waits: bool,
    /// Changes what is asked for, as in a compare-and-swap loop.
    changes: bool,
    /// Calls that are none of the above.
    works: usize,
}

impl<'a> Visit<'a> for Seen {
    fn visit_expr_await(&mut self, awaited: &'a syn::ExprAwait) {
        let name = super::dropped::name(&awaited.base);
        match name.rsplit("::").next().unwrap_or(&name) {
            "sleep" | "sleep_until" | "tick" => self.sleeps = true,
            "yield_now" => self.yields = true,
            _ => self.waits = true,
        }
        if self.waits {
            visit::visit_expr_await(self, awaited);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let name = call.method.to_string();
        if ASKS.contains(&name.as_str()) {
            self.asks.get_or_insert(name);
        } else if name.starts_with("compare_")
            || name.starts_with("fetch_")
            || matches!(name.as_str(), "swap" | "store")
        {
            self.changes = true;
        } else if !matches!(name.as_str(), "is_ok" | "is_err" | "is_some" | "is_none" | "unwrap" | "clone") {
            self.works += 1;
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        let name = super::dropped::name(&Expr::Call(call.clone()));
        let last = name.rsplit("::").next().unwrap_or(&name);
        if !matches!(
            last,
            "spin_loop" | "yield_now" | "sleep" | "from_millis" | "from_secs" | "from_micros" | "Ok" | "Some" | "Err"
        ) {
            self.works += 1;
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'a syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// `while !flag.load(..) { .. }`
pub fn while_loop<'a>(walker: &mut Walker<'_, 'a>, each: &'a syn::ExprWhile) {
    if !matches!(walker.context.place, Place::Async | Place::Sync) {
        return;
    }
    let mut condition = Seen::default();
    condition.visit_expr(&each.cond);
    let mut body = Seen::default();
    body.visit_block(&each.body);
    let Some(asks) = condition.asks else { return };
    // `while let Ok(x) = rx.try_recv()` empties a queue and ends when there is no more; `while let Err(_)` waits for it.
    let drains = match each.cond.as_ref() {
        Expr::Let(condition) => !quote_pattern(walker, &condition.pat).starts_with("Err"),
        Expr::MethodCall(call) => asks == "try_recv" && call.method == "is_ok",
        _ => false,
    };
    let spins = asks != "elapsed" || each.body.stmts.is_empty();
    if !spins {
        return;
    }
    if drains || condition.changes || body.changes || condition.waits || body.waits {
        return;
    }
    judge(walker, each.cond.span(), asks, &body);
}

/// `loop { if flag.load(..) { break; } .. }`
pub fn endless_loop<'a>(walker: &mut Walker<'_, 'a>, each: &'a syn::ExprLoop) {
    if !matches!(walker.context.place, Place::Async | Place::Sync) {
        return;
    }
    let mut body = Seen::default();
    body.visit_block(&each.body);
    if body.changes || body.waits {
        return;
    }
    let asked = each.body.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Expr(Expr::If(branch), _) => {
            let mut seen = Seen::default();
            seen.visit_expr(&branch.cond);
            let goes_on = branch.else_branch.as_ref().is_none_or(|(_, otherwise)| !walk::is_exit(otherwise));
            (walk::leaves(&branch.then_branch) && goes_on)
                .then_some(seen.asks)
                .flatten()
                .map(|asks| (asks, branch.cond.span()))
        }
        Stmt::Expr(Expr::Match(choice), _) => {
            let mut seen = Seen::default();
            seen.visit_expr(&choice.expr);
            // An arm for "nothing there" that leaves makes it a drain.
            let leaves_empty = choice.arms.iter().any(|arm| {
                let text = quote_pattern(walker, &arm.pat);
                (text.contains("Err") || text.contains("None") || text == "_" || text.contains("Empty"))
                    && exits(&arm.body)
            });
            (!leaves_empty).then_some(seen.asks).flatten().map(|asks| (asks, choice.expr.span()))
        }
        _ => None,
    });
    if let Some((asks, span)) = asked {
        judge(walker, span, asks, &body);
    }
}

/// Whether the arm ends the loop; `continue` only asks again.
fn exits(expr: &Expr) -> bool {
    match expr {
        Expr::Continue(_) => false,
        Expr::Block(block) => {
            !matches!(block.block.stmts.last(), Some(Stmt::Expr(Expr::Continue(_), _))) && walk::is_exit(expr)
        }
        _ => walk::is_exit(expr),
    }
}

fn quote_pattern<'w>(walker: &Walker<'w, '_>, pattern: &syn::Pat) -> &'w str {
    walker.slice(pattern.span())
}

fn judge(walker: &mut Walker, span: proc_macro2::Span, asks: String, body: &Seen) {
    if walker.context.place == Place::Sync {
        // It matters where async code calls the function, which is followed as calls are.
        if body.works == 0 {
            walker.push_call(format!("{SPINS}{asks}"), None, span, false);
        }
        return;
    }
    if body.sleeps {
        walker.report("polling-sleep", span, asks);
    } else if body.yields {
        walker.report_as("busy-poll", Severity::Warning, span, asks);
    } else if body.works < 3 {
        walker.report("busy-poll", span, asks);
    }
}
