//! Limits: fan-out without one, semaphores taken for rates, intervals that burst, queues without a bound.

use super::super::types::Ty;
use super::super::walk::{Place, Walker};
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Expr, Pat};

/// `let name = value;`
pub fn local<'a>(walker: &mut Walker<'_, 'a>, pattern: &'a Pat, init: &'a Expr, ty: Option<&Ty>) {
    let (Pat::Ident(ident), Some(ty)) = (pattern, ty) else { return };
    let name = ident.ident.to_string();
    let claims = name.contains("rate") || name.contains("per_sec") || name.contains("throttle");
    if &*ty.path == "tokio::sync::Semaphore" && claims {
        walker.report("semaphore-as-rate", init.span(), name.clone());
    }
    if &*ty.path == "tokio::time::Interval" {
        let text = walker.body_text();
        let paces = text.contains(&format!("{name}.tick()")) && text.matches(".await").count() > 1;
        if paces && !text.contains("set_missed_tick_behavior") {
            walker.report("interval-burst", init.span(), name);
        }
    }
}

/// A call that starts many at once, or makes a queue.
pub fn called<'a>(walker: &mut Walker<'_, 'a>, path: &str, call: &'a syn::ExprCall) {
    match path {
        "tokio::sync::mpsc::unbounded_channel" | "futures::channel::mpsc::unbounded" => {
            walker.report("unbounded-queue", call.span(), path);
        }
        "futures::future::join_all" | "futures::future::try_join_all" => {
            let Some(argument) = call.args.first() else { return };
            let work = walker.slice(argument.span());
            if walker.context.place == Place::Async && is_input(walker, argument) && is_unlimited_network(walker, work)
            {
                walker.report("unbounded-fan-out", call.span(), super::dropped::name(&Expr::Call(call.clone())));
            }
        }
        _ => {}
    }
}

/// `for x in xs { set.spawn(f(x)); }`
pub fn for_loop<'a>(walker: &mut Walker<'_, 'a>, each: &'a syn::ExprForLoop) {
    if walker.context.place != Place::Async || !is_input(walker, &each.expr) {
        return;
    }
    let mut finder = Spawns { found: None };
    finder.visit_block(&each.body);
    let Some(span) = finder.found else { return };
    let work = walker.slice(each.body.span());
    if is_unlimited_network(walker, work) {
        walker.report("unbounded-fan-out", span, "spawn");
    }
}

struct Spawns {
    found: Option<proc_macro2::Span>,
}

impl<'a> Visit<'a> for Spawns {
    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        if super::dropped::name(&Expr::Call(call.clone())).ends_with("spawn") {
            self.found.get_or_insert(call.span());
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        if call.method == "spawn" {
            self.found.get_or_insert(call.span());
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

/// What names a limit where the work is started: a permit that is taken, a limiter that is handed on, tasks that are
/// waited for before the next is started.
const LIMITS: [&str; 7] = ["semaphore", "acquire", "permit", "limit", "throttle", "pool", "join_next"];

/// What starts a bounded number at a time, wherever it stands in the function.
const BOUNDED: [&str; 5] = ["buffer_unordered", "buffered", "for_each_concurrent", "chunk", "batch"];

/// What takes a permit in a function that the work calls.
const TAKES: [&str; 4] = ["acquire", "permit", "throttle", "until_ready"];

/// How many functions away a permit is looked for.
const DEEPEST: usize = 3;

const NETWORK: [&str; 9] =
    ["fetch", "download", "request", ".get(", ".send()", "connect(", "scrape", "crawl", "query("];

/// Whether some work talks to others and nothing limits it. A limiter that is only defined limits nothing.
fn is_unlimited_network(walker: &Walker, work: &str) -> bool {
    let has = |text: &str, names: &[&str]| names.iter().any(|name| text.contains(name));
    let (body, own) = (walker.body_text().to_lowercase(), work.to_lowercase());
    let called = work.split(|char: char| !char.is_alphanumeric() && char != '_').map(str::to_owned);
    let is_limited = has(&body, &BOUNDED) || has(&own, &LIMITS) || takes_permit(walker, called.collect(), DEEPEST);
    has(work, &NETWORK) && !is_limited
}

/// Whether a function of one of the names, or one that it calls, takes a permit.
fn takes_permit(walker: &Walker, names: BTreeSet<String>, deepest: usize) -> bool {
    let mut used = Names::default();
    for function in walker.index.fns.iter().filter(|function| names.contains(&function.name)) {
        used.visit_block(function.block);
    }
    let takes = used.0.iter().any(|name| TAKES.iter().any(|taken| name.contains(taken)));
    takes || (deepest > 1 && !used.0.is_empty() && takes_permit(walker, used.0, deepest - 1))
}

/// The names that code uses.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl<'a> Visit<'a> for Names {
    fn visit_ident(&mut self, ident: &'a proc_macro2::Ident) {
        self.0.insert(ident.to_string());
    }
}

/// Whether the caller decides the size of what is iterated: a parameter, or something made of one.
fn is_input(walker: &Walker, expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => {
            path.path.get_ident().is_some_and(|ident| walker.var(&ident.to_string()).is_some_and(|var| var.is_param))
        }
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let passes = [
                "iter",
                "into_iter",
                "map",
                "filter",
                "clone",
                "drain",
                "enumerate",
                "cloned",
                "collect",
                "copied",
                "iter_mut",
                "to_vec",
                "filter_map",
                "zip",
            ];
            passes.contains(&name.as_str()) && is_input(walker, &call.receiver)
        }
        Expr::Reference(inner) => is_input(walker, &inner.expr),
        Expr::Paren(inner) => is_input(walker, &inner.expr),
        _ => false,
    }
}
