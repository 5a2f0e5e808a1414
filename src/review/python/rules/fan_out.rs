//! Many at once: `gather` and its arguments, fan-out without a limit, queues without a bound, semaphores taken for rates.

use crate::review::finding::Severity;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::{Binding, Func, ModuleId, ScopeId};
use crate::review::python::value::Value;
use ruff_python_ast::name::Name;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        body(check, func.module, func.scope, &func.def.body);
        if func.def.is_async {
            fan_out(check, func);
        }
    }
    for (id, module) in check.package.modules.iter().enumerate() {
        body(check, id, module.scope, module.body);
    }
}

fn body(check: &Check, module: ModuleId, scope: ScopeId, stmts: &[Stmt]) {
    body::walk(stmts, &mut |node| match node {
        Node::Expr(Expr::Call(call)) => {
            let Some(path) = check.values.path(&call.func, scope) else { return };
            match path.as_ref() {
                "asyncio.gather" => gather(check, module, scope, call),
                "asyncio.wait" => wait(check, module, scope, call),
                "asyncio.Queue" | "asyncio.LifoQueue" | "asyncio.PriorityQueue" if call.arguments.is_empty() => {
                    check.report(module, "unbounded-queue", call.range(), check.text(module, call.func.as_ref()));
                }
                _ => {}
            }
        }
        Node::Stmt(Stmt::Assign(assign)) => {
            let [target] = assign.targets.as_slice() else { return };
            let name = Check::last_name(target).to_lowercase();
            let claims = name.contains("rate") || name.contains("per_sec") || name.contains("throttle");
            let semaphore = check.values.instance(&assign.value, scope);
            if claims && semaphore.is_some_and(|class| class.ends_with("Semaphore")) {
                check.report(module, "semaphore-as-rate", assign.value.range(), Check::last_name(target));
            }
        }
        Node::Stmt(Stmt::Expr(stmt)) => {
            if let Expr::Await(awaited) = stmt.value.as_ref()
                && let Expr::Call(call) = awaited.value.as_ref()
                && check.values.path(&call.func, scope).is_some_and(|path| path.as_ref() == "asyncio.gather")
                && returns_exceptions(call)
                && !cancels_before(stmts, call)
            {
                check.report(module, "gather-errors-ignored", call.range(), check.text(module, call.func.as_ref()));
            }
        }
        _ => {}
    });
}

fn returns_exceptions(call: &ast::ExprCall) -> bool {
    call.arguments.keywords.iter().any(|keyword| {
        keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == "return_exceptions")
            && matches!(&keyword.value, Expr::BooleanLiteral(literal) if literal.value)
    })
}

fn cancels_before(stmts: &[Stmt], call: &ast::ExprCall) -> bool {
    body::any_expr(stmts, |expr| {
        matches!(expr, Expr::Attribute(attribute) if attribute.attr.as_str().contains("cancel"))
            && expr.start() < call.range().start()
    })
}

fn gather(check: &Check, module: ModuleId, scope: ScopeId, call: &ast::ExprCall) {
    if let [only] = &*call.arguments.args
        && (matches!(check.values.of(only, scope), Value::List) || matches!(only, Expr::Generator(_)))
    {
        check.report(module, "gather-list", only.range(), check.text(module, call.func.as_ref()));
    }
}

/// `asyncio.wait([f(), g()])`: coroutines are refused since 3.11.
fn wait(check: &Check, module: ModuleId, scope: ScopeId, call: &ast::ExprCall) {
    let elements: Vec<&Expr> = match call.arguments.args.first() {
        Some(Expr::List(list)) => list.elts.iter().collect(),
        Some(Expr::Set(set)) => set.elts.iter().collect(),
        Some(Expr::Tuple(tuple)) => tuple.elts.iter().collect(),
        Some(Expr::ListComp(comp)) => vec![comp.elt.as_ref()],
        Some(Expr::SetComp(comp)) => vec![comp.elt.as_ref()],
        Some(Expr::Generator(comp)) => vec![comp.elt.as_ref()],
        _ => return,
    };
    let coroutine = elements.iter().find(|element| {
        matches!(element, Expr::Call(_))
            && matches!(check.values.of(element, scope), Value::Coroutine(_) | Value::OutsideCoroutine(_))
    });
    if let Some(element) = coroutine {
        check.report(module, "wait-on-coroutines", element.range(), check.text(module, *element));
    }
}

/// `gather(*[f(x) for x in xs])` and loops that start a task per element.
fn fan_out(check: &Check, func: &Func) {
    if is_limited(&without_idle_limiters(check, func)) {
        return;
    }
    let mut loops: Vec<&ast::StmtFor> = Vec::new();
    body::walk(&func.def.body, &mut |node| match node {
        Node::Stmt(Stmt::For(each)) if !each.is_async => loops.push(each),
        Node::Expr(Expr::Call(call)) => {
            let last = Check::last_name(&call.func);
            match last {
                "gather" => {
                    for arg in &call.arguments.args {
                        let Expr::Starred(starred) = arg else { continue };
                        if let Some((element, iter)) = comprehension(check, func, &starred.value) {
                            judge(check, func, call, element, iter);
                        }
                    }
                }
                "create_task" | "ensure_future" | "start_soon" if !makes_task(call) => {
                    let around = loops.iter().rev().find(|each| each.range.contains_range(call.range()));
                    let Some(each) = around else { return };
                    let work = match (last, call.arguments.args.first()) {
                        ("start_soon", Some(first)) => first,
                        (_, Some(first @ Expr::Call(_))) => first,
                        _ => return,
                    };
                    judge(check, func, call, work, &each.iter);
                }
                _ => {}
            }
        }
        _ => {}
    });
}

/// `ensure_future(create_task(work))`: the inner call is the one that is judged.
fn makes_task(call: &ast::ExprCall) -> bool {
    matches!(call.arguments.args.first(), Some(Expr::Call(inner))
        if matches!(Check::last_name(&inner.func), "create_task" | "ensure_future"))
}

/// Element and iterated expression of a comprehension, also of one that a name was given.
fn comprehension<'a>(check: &Check<'_, 'a>, func: &Func<'a>, expr: &'a Expr) -> Option<(&'a Expr, &'a Expr)> {
    match expr {
        Expr::ListComp(comp) => Some((&comp.elt, &comp.generators.first()?.iter)),
        Expr::Generator(comp) => Some((&comp.elt, &comp.generators.first()?.iter)),
        Expr::SetComp(comp) => Some((&comp.elt, &comp.generators.first()?.iter)),
        Expr::Call(call) if Check::last_name(&call.func) == "map" => match &*call.arguments.args {
            [work, iter] => Some((work, iter)),
            _ => None,
        },
        Expr::Name(name) => {
            let bounds = check.package.scopes[func.scope].names.get(name.id.as_str())?;
            match bounds.first()?.binding {
                Binding::Value(value) if !matches!(value, Expr::Name(_)) => comprehension(check, func, value),
                _ => None,
            }
        }
        _ => None,
    }
}

fn judge(check: &Check, func: &Func, call: &ast::ExprCall, work: &Expr, iter: &Expr) {
    let element = match work {
        Expr::Call(inner) => match Check::last_name(&inner.func) {
            "create_task" | "ensure_future" => inner.arguments.args.first().unwrap_or(work),
            _ => work,
        },
        other => other,
    };
    let (callee, text) = match element {
        Expr::Call(inner) => (inner.func.as_ref(), check.text(func.module, element)),
        other => (other, check.text(func.module, other)),
    };
    if is_limited(&text) || !is_input(check, func, iter, &mut Vec::new()) {
        return;
    }
    let goes_out = match check.values.of(callee, func.scope) {
        Value::Func(id) => {
            let it = &check.package.funcs[id];
            let body = check.text_of(it);
            if is_limited(body) {
                return;
            }
            talks_to_the_network(body)
        }
        _ => talks_to_the_network(&format!("{}(", check.text(func.module, callee))),
    };
    if goes_out {
        let subject = check.text(func.module, callee);
        check.report_as(func.module, "unbounded-fan-out", Severity::Warning, call.range(), subject, Vec::new());
    }
}

/// The text of a function without the limiters that it makes and never names again: those limit nothing.
fn without_idle_limiters(check: &Check, func: &Func) -> String {
    let (whole, start) = (check.text_of(func), func.def.range.start());
    let mut idle = Vec::new();
    body::walk(&func.def.body, &mut |node| {
        let Node::Stmt(Stmt::Assign(assign)) = node else { return };
        let ([Expr::Name(name)], Expr::Call(call)) = (assign.targets.as_slice(), assign.value.as_ref()) else { return };
        let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
        let uses = whole.split(|letter: char| !is_letter(letter)).filter(|word| *word == name.id.as_str());
        if is_limited(Check::last_name(&call.func)) && uses.count() == 1 {
            let place = assign.range() - start;
            idle.push(place.start().to_usize()..place.end().to_usize());
        }
    });
    let mut text = whole.to_owned();
    idle.into_iter().rev().for_each(|place| text.replace_range(place, ""));
    text
}

/// Whether something in the text says that there is a limit.
fn is_limited(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "semaphore",
        "sem:",
        "sem,",
        "(sem",
        "limiter",
        "limit",
        "chunk",
        "batch",
        "throttle",
        "pool",
        "maxsize",
        "max_con",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn talks_to_the_network(text: &str) -> bool {
    [
        "session.get(",
        "session.post(",
        "session.request(",
        "client.get(",
        "client.post(",
        "client.request(",
        "http.get(",
        "open_connection(",
        "fetch(",
        "fetch_",
        "download(",
        "request(",
        "scrape(",
        "crawl(",
        "urlopen(",
        ".connect(",
        "query(",
    ]
    .iter()
    .any(|word| text.match_indices(word).any(|(at, _)| does(text, at)))
}

/// Whether the word at that place names work that goes out, not what is done about it: `handle_request(`, `on_download(`.
fn does(text: &str, at: usize) -> bool {
    const ABOUT: [&str; 12] =
        ["handle", "on", "to", "skip", "skipped", "build", "parse", "prepare", "validate", "cancel", "process", "log"];
    let before = text[..at].rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or("");
    !before.split('_').any(|part| ABOUT.contains(&part))
}

/// Whether the size of what is iterated is for the caller to decide: a parameter, or something made of one.
fn is_input(check: &Check, func: &Func, iter: &Expr, seen: &mut Vec<Name>) -> bool {
    match iter {
        Expr::Name(name) => {
            // `urls = sorted(urls)` is made of itself.
            if seen.contains(&name.id) {
                return false;
            }
            seen.push(name.id.clone());
            let bounds = check.package.scopes[func.scope].names.get(name.id.as_str());
            bounds.is_some_and(|bounds| {
                bounds.iter().any(|bound| match bound.binding {
                    Binding::Param(_) | Binding::Opaque => true,
                    Binding::Value(value) => {
                        !std::ptr::eq(value, iter)
                            && !matches!(value, Expr::Name(_))
                            && is_input(check, func, value, seen)
                    }
                    _ => false,
                })
            })
        }
        Expr::Attribute(attribute) => match attribute.value.as_ref() {
            Expr::Name(name) if name.id.as_str() == "self" => false,
            other => is_input(check, func, other, seen),
        },
        Expr::Call(call) => {
            call.arguments.args.iter().any(|arg| is_input(check, func, arg, seen))
                || matches!(call.func.as_ref(), Expr::Attribute(attribute) if is_input(check, func, &attribute.value, seen))
        }
        Expr::Subscript(subscript) => {
            !matches!(subscript.slice.as_ref(), Expr::Slice(_)) && is_input(check, func, &subscript.value, seen)
        }
        Expr::ListComp(comp) => {
            comp.generators.first().is_some_and(|generator| is_input(check, func, &generator.iter, seen))
        }
        _ => false,
    }
}
