//! Loops: awaits one after the other, and polling.

use crate::review::finding::Severity;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::{Binding, Func};
use crate::review::python::value::Value;
use ruff_python_ast::{self as ast, Expr, Number, Stmt};
use ruff_text_size::{Ranged, TextRange};

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        if !func.def.is_async {
            continue;
        }
        body::walk(&func.def.body, &mut |node| match node {
            Node::Stmt(Stmt::While(each)) => polling(check, func, each),
            Node::Stmt(Stmt::For(each)) if !each.is_async => one_by_one(check, func, each),
            Node::Expr(Expr::ListComp(comp)) => {
                if let (Expr::Await(awaited), [generator]) = (comp.elt.as_ref(), comp.generators.as_slice())
                    && !generator.is_async
                    && let Expr::Call(call) = awaited.value.as_ref()
                    && may_run_together(call)
                {
                    note(check, func, awaited.range, call);
                }
            }
            _ => {}
        });
    }
}

fn note(check: &Check, func: &Func, range: TextRange, call: &ast::ExprCall) {
    check.report(func.module, "await-in-loop", range, check.text(func.module, call.func.as_ref()));
}

/// `while not done: pass`, which never waits. A body of `...` or a text is a piece left out.
pub fn spins(each: &ast::StmtWhile) -> bool {
    let mut awaits = false;
    body::walk_expr(&each.test, &mut |expr| awaits |= matches!(expr, Expr::Await(_)));
    !awaits && each.body.iter().all(|stmt| matches!(stmt, Stmt::Pass(_) | Stmt::Continue(_)))
}

/// `while not done: ...` that only waits.
fn polling(check: &Check, func: &Func, each: &ast::StmtWhile) {
    let constant = matches!(each.test.as_ref(), Expr::BooleanLiteral(_) | Expr::NumberLiteral(_));
    let subject = check.text(func.module, each.test.as_ref());
    let range = each.test.range();
    if body::is_placeholder(&each.body) || matches!(each.body.as_slice(), [Stmt::Continue(_)]) {
        if spins(each) {
            check.report(func.module, "busy-poll", range, subject);
        }
        return;
    }
    let [Stmt::Expr(only)] = each.body.as_slice() else { return };
    let Expr::Await(awaited) = only.value.as_ref() else { return };
    let Expr::Call(call) = awaited.value.as_ref() else { return };
    let Some(path) = check.values.path(&call.func, func.scope) else { return };
    match path.as_ref() {
        "asyncio.sleep" | "trio.sleep" | "anyio.sleep" | "trio.sleep_until" | "anyio.sleep_until"
            if !constant && !waits_for_clock(&each.test, call) =>
        {
            let at_once = call.arguments.args.first().is_some_and(is_zero);
            let rule = if at_once { "busy-poll" } else { "polling-sleep" };
            // Who asks another program or the disk has no event to wait for.
            // Nor has who asks what the clock or the caller's own function decides; a test that polls harms only itself.
            let alone = asks_outside(check, func, &each.test)
                || asks_clock(check, func, &each.test)
                || asks_caller(check, func, &each.test)
                || acts(&each.test)
                || check.is_test_file(func.module)
                || func.name().starts_with("test");
            let severity = if alone { Severity::Note } else { Severity::Warning };
            check.report_as(func.module, rule, severity, range, subject, Vec::new());
        }
        "trio.lowlevel.checkpoint" | "anyio.lowlevel.checkpoint" if !constant => {
            check.report_as(func.module, "busy-poll", Severity::Warning, range, subject, Vec::new());
        }
        _ => {}
    }
}

/// `while (left := end - clock()) > 0: await sleep(left)`: it waits for the clock, as long as it takes.
fn waits_for_clock(test: &Expr, call: &ast::ExprCall) -> bool {
    let Some(delay) = call.arguments.args.first() else { return false };
    let mut names = Vec::new();
    body::walk_expr(test, &mut |expr| {
        if let Expr::Named(named) = expr
            && let Expr::Name(name) = named.target.as_ref()
        {
            names.push(&name.id);
        }
    });
    let mut uses = false;
    body::walk_expr(delay, &mut |expr| uses |= matches!(expr, Expr::Name(name) if names.contains(&&name.id)));
    uses
}

/// Whether the condition awaits an answer, looks at files or asks for a process's end.
fn asks_outside(check: &Check, func: &Func, test: &Expr) -> bool {
    let mut found = false;
    body::walk_expr(test, &mut |expr| match expr {
        Expr::Await(_) => found = true,
        Expr::Attribute(attribute) => found |= attribute.attr.as_str() == "returncode",
        Expr::Call(call) => {
            found |= Check::last_name(&call.func) == "poll";
            found |= check
                .values
                .path(&call.func, func.scope)
                .and_then(|path| check.tables.blocks(&path))
                .is_some_and(|blocks| blocks.rule == "blocking-file");
        }
        _ => {}
    });
    found
}

/// Whether the condition calls a function of the package whose answer depends on the time: `while not self.refill(): ...`.
fn asks_clock(check: &Check, func: &Func, test: &Expr) -> bool {
    const CLOCKS: [&str; 6] =
        ["monotonic()", "time.time()", "perf_counter()", ".now(", "monotonic_ns()", "loop.time()"];
    let mut found = false;
    body::walk_expr(test, &mut |expr| {
        if let Expr::Call(call) = expr
            && let Value::Func(asked) = check.values.of(&call.func, func.scope)
        {
            let text = check.text_of(&check.package.funcs[asked]);
            found |= CLOCKS.iter().any(|clock| text.contains(clock));
        }
    });
    found
}

/// Whether the condition calls what the caller gave: `while not is_done(): ...`, with `is_done` a parameter.
fn asks_caller(check: &Check, func: &Func, test: &Expr) -> bool {
    let mut found = false;
    body::walk_expr(test, &mut |expr| {
        let Expr::Call(call) = expr else { return };
        let Expr::Name(name) = call.func.as_ref() else { return };
        let mut scope = Some(func.scope);
        while let Some(id) = scope {
            let here = &check.package.scopes[id];
            if let Some(bounds) = here.names.get(name.id.as_str()) {
                found |= bounds.iter().any(|bound| matches!(bound.binding, Binding::Param(_)));
                break;
            }
            scope = here.parent;
        }
    });
    found
}

/// Whether the condition does something instead of asking: `while step() == OK: await sleep(1)` is a pace, not a poll.
fn acts(test: &Expr) -> bool {
    const ASKS: [&str; 34] = [
        "is",
        "has",
        "have",
        "was",
        "are",
        "can",
        "could",
        "should",
        "must",
        "not",
        "get",
        "check",
        "done",
        "ready",
        "empty",
        "full",
        "running",
        "alive",
        "finished",
        "complete",
        "completed",
        "closed",
        "open",
        "connected",
        "exists",
        "status",
        "state",
        "locked",
        "poll",
        "set",
        "len",
        "qsize",
        "any",
        "all",
    ];
    if tries_lock(test) {
        return true;
    }
    let Expr::Compare(compare) = test else { return false };
    let Expr::Call(call) = compare.left.as_ref() else { return false };
    let name = Check::last_name(&call.func);
    let clock = matches!(name, "time" | "monotonic" | "perf_counter");
    !clock && !name.is_empty() && !name.split('_').any(|part| ASKS.contains(&part))
}

/// `while not lock.acquire(blocking=False)`: a lock of threads tells nobody that it is free.
fn tries_lock(test: &Expr) -> bool {
    let mut tries = false;
    body::walk_expr(test, &mut |expr| {
        tries |= matches!(expr, Expr::Call(call) if Check::last_name(&call.func) == "acquire");
    });
    tries
}

fn is_zero(expr: &Expr) -> bool {
    match expr {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(int) => int.as_u8() == Some(0),
            Number::Float(float) => *float == 0.0,
            Number::Complex { .. } => false,
        },
        _ => false,
    }
}

/// `for x in xs: await f(x)`: each waits for the one before it, although none needs it.
fn one_by_one(check: &Check, func: &Func, each: &ast::StmtFor) {
    let Expr::Name(target) = each.target.as_ref() else { return };
    if each.body.len() > 2 || !each.orelse.is_empty() {
        return;
    }
    for stmt in &each.body {
        let value = match stmt {
            Stmt::Expr(expr) => match expr.value.as_ref() {
                // results.append(await f(x))
                Expr::Call(call) if call.arguments.args.len() == 1 => &call.arguments.args[0],
                other => other,
            },
            Stmt::Assign(assign) => &assign.value,
            _ => continue,
        };
        let Expr::Await(awaited) = value else { continue };
        let Expr::Call(call) = awaited.value.as_ref() else { continue };
        let mut uses = false;
        for arg in &call.arguments.args {
            body::walk_expr(arg, &mut |expr| uses |= matches!(expr, Expr::Name(name) if name.id == target.id));
        }
        if uses && may_run_together(call) {
            note(check, func, awaited.range, call);
        }
    }
}

/// Whether nothing in the name says that the order matters.
fn may_run_together(call: &ast::ExprCall) -> bool {
    let last = Check::last_name(&call.func);
    ![
        "send", "write", "put", "drain", "close", "sleep", "emit", "yield", "feed", "push", "append", "execute",
        "wait", "join", "start", "stop", "gather",
    ]
    .iter()
    .any(|word| last.contains(word))
        && !matches!(last, "")
}
