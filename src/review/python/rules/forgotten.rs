//! Coroutines that nobody awaits: called as a statement, used as if they were their result, or stored and forgotten;
//! `with` and `for` where `async with` and `async for` are meant; functions given where their coroutine is meant.

use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::{ModuleId, ScopeId};
use crate::review::python::value::Value;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        body(check, func.module, func.scope, &func.def.body);
    }
    for (id, module) in check.package.modules.iter().enumerate() {
        body(check, id, module.scope, module.body);
    }
}

fn body(check: &Check, module: ModuleId, scope: ScopeId, stmts: &[Stmt]) {
    body::walk(stmts, &mut |node| match node {
        Node::Stmt(stmt) => statement(check, module, scope, stmts, stmt),
        Node::Expr(expr) => expression(check, module, scope, expr),
    });
}

fn is_coroutine(check: &Check, expr: &Expr, scope: ScopeId) -> bool {
    matches!(expr, Expr::Call(_) | Expr::Name(_))
        && matches!(check.values.of(expr, scope), Value::Coroutine(_) | Value::OutsideCoroutine(_))
}

fn statement(check: &Check, module: ModuleId, scope: ScopeId, body: &[Stmt], stmt: &Stmt) {
    let used = |expr: &Expr| {
        if is_coroutine(check, expr, scope) {
            check.report(module, "forgotten-await", expr.range(), check.text(module, expr));
        }
    };
    match stmt {
        Stmt::Expr(expr) => dropped(&expr.value, &mut |value| {
            if matches!(value, Expr::Call(_)) {
                used(value);
            }
        }),
        Stmt::If(branch) => {
            condition(&branch.test, &used);
            branch
                .elif_else_clauses
                .iter()
                .filter_map(|clause| clause.test.as_ref())
                .for_each(|test| condition(test, &used));
        }
        Stmt::While(each) => condition(&each.test, &used),
        Stmt::Assign(assign) => {
            if let [Expr::Name(name)] = assign.targets.as_slice()
                && matches!(assign.value.as_ref(), Expr::Call(_))
                && is_coroutine(check, &assign.value, scope)
                && check.package.scopes[scope].parent.is_some()
                && !mentions(check, module, scope, body, name)
            {
                check.report(
                    module,
                    "forgotten-await",
                    assign.value.range(),
                    check.text(module, assign.value.as_ref()),
                );
            }
            if let [Expr::Tuple(_)] = assign.targets.as_slice() {
                used(&assign.value);
            }
        }
        Stmt::For(each) if !each.is_async => {
            used(&each.iter);
            if let Expr::Call(call) = each.iter.as_ref()
                && is_async_generator(check, call, scope)
            {
                check.report(module, "async-keyword-missing", each.iter.range(), "async for");
            }
        }
        Stmt::With(with) if !with.is_async => {
            for item in &with.items {
                if needs_async_with(check, &item.context_expr, scope) {
                    check.report(module, "async-keyword-missing", item.context_expr.range(), "async with");
                }
            }
        }
        _ => {}
    }
}

/// The values of an expression statement that are thrown away: also those of `a if b else c` and `a and b`.
pub(super) fn dropped<'a>(expr: &'a Expr, each: &mut dyn FnMut(&'a Expr)) {
    match expr {
        Expr::If(branch) => {
            dropped(&branch.body, each);
            dropped(&branch.orelse, each);
        }
        Expr::BoolOp(op) => op.values.last().into_iter().for_each(|value| dropped(value, each)),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|value| dropped(value, each)),
        Expr::List(list) => list.elts.iter().for_each(|value| dropped(value, each)),
        Expr::ListComp(comp) => dropped(&comp.elt, each),
        other => each(other),
    }
}

fn condition(test: &Expr, used: &impl Fn(&Expr)) {
    match test {
        Expr::UnaryOp(op) => condition(&op.operand, used),
        Expr::BoolOp(op) => op.values.iter().for_each(|value| condition(value, used)),
        // A name may be tested for `None`.
        Expr::Call(_) => used(test),
        _ => {}
    }
}

fn expression(check: &Check, module: ModuleId, scope: ScopeId, expr: &Expr) {
    let used = |inner: &Expr| {
        if is_coroutine(check, inner, scope) {
            check.report(module, "forgotten-await", inner.range(), check.text(module, inner));
        }
    };
    match expr {
        Expr::BinOp(op) => {
            used(&op.left);
            used(&op.right);
        }
        Expr::Compare(compare) => {
            let identity = compare.ops.iter().all(|op| matches!(op, ast::CmpOp::Is | ast::CmpOp::IsNot));
            if !identity {
                std::iter::once(compare.left.as_ref()).chain(compare.comparators.iter()).for_each(used);
            }
        }
        Expr::Subscript(subscript) => used(&subscript.value),
        Expr::Attribute(attribute) => {
            let name = attribute.attr.as_str();
            let own = matches!(name, "close" | "send" | "throw") || name.starts_with("cr_") || name.starts_with("__");
            if !own {
                used(&attribute.value);
            }
        }
        Expr::Starred(starred) => used(&starred.value),
        Expr::FString(text) => {
            for element in text.value.elements() {
                if let ast::InterpolatedStringElement::Interpolation(inner) = element
                    && matches!(inner.expression.as_ref(), Expr::Call(_))
                {
                    used(&inner.expression);
                }
            }
        }
        Expr::If(branch) => condition(&branch.test, &used),
        Expr::Call(call) => called(check, module, scope, call, &used),
        Expr::Await(awaited) => {
            let wrong = matches!(check.values.of(&awaited.value, scope), Value::List);
            if wrong && matches!(awaited.value.as_ref(), Expr::List(_) | Expr::ListComp(_)) {
                check.report(module, "gather-list", awaited.value.range(), "await");
            }
        }
        _ => {}
    }
}

fn called(check: &Check, module: ModuleId, scope: ScopeId, call: &ast::ExprCall, used: &impl Fn(&Expr)) {
    let values = &check.values;
    let Some(path) = values.path(&call.func, scope) else { return };
    let args = &call.arguments.args;
    match path.as_ref() {
        "builtins.print" | "len" | "str" | "int" | "float" | "bool" | "sum" | "sorted" | "min" | "max" | "repr"
        | "builtins.list" | "builtins.tuple" | "set" | "dict" | "json.dumps" | "json.loads" | "enumerate" => {
            args.iter().filter(|arg| matches!(arg, Expr::Call(_))).for_each(used);
        }
        "asyncio.run"
        | "asyncio.create_task"
        | "asyncio.ensure_future"
        | "asyncio.wait_for"
        | "asyncio.shield"
        | "asyncio.TaskGroup.create_task"
        | "asyncio.AbstractEventLoop.create_task"
        | "asyncio.AbstractEventLoop.run_until_complete"
        | "asyncio.gather" => {
            for arg in args.iter().take(if path.ends_with("gather") { args.len() } else { 1 }) {
                let passes_function = match values.of(arg, scope) {
                    Value::Func(func) => check.package.funcs[func].def.is_async,
                    Value::Path(path) => check.tables.is_coroutine(&path),
                    _ => false,
                };
                if passes_function {
                    check.report(module, "coroutine-expected", arg.range(), check.text(module, arg));
                }
            }
        }
        "anyio.TaskGroup.start_soon"
        | "trio.Nursery.start_soon"
        | "anyio.run"
        | "trio.run"
        | "anyio.TaskGroup.start"
        | "trio.Nursery.start" => {
            if let Some(first) = args.first()
                && matches!(first, Expr::Call(_))
            {
                used(first);
            }
        }
        _ => {}
    }
}

fn is_async_generator(check: &Check, call: &ast::ExprCall, scope: ScopeId) -> bool {
    match check.values.of(&call.func, scope) {
        Value::Func(func) => {
            let it = &check.package.funcs[func];
            it.def.is_async && it.is_generator && it.def.decorator_list.is_empty()
        }
        _ => false,
    }
}

fn needs_async_with(check: &Check, expr: &Expr, scope: ScopeId) -> bool {
    match check.values.of(expr, scope) {
        Value::Instance(class) => matches!(
            class.as_ref(),
            "asyncio.Lock"
                | "asyncio.Semaphore"
                | "asyncio.BoundedSemaphore"
                | "asyncio.Condition"
                | "asyncio.TaskGroup"
                | "asyncio.Timeout"
                | "anyio.Lock"
                | "anyio.Semaphore"
                | "anyio.Condition"
                | "anyio.TaskGroup"
                | "trio.Lock"
                | "trio.Semaphore"
                | "trio.Nursery"
                | "aiohttp.ClientSession"
                | "httpx.AsyncClient"
        ),
        Value::Object(class) => {
            let outside = !check.values.outside_bases(class).is_empty();
            let has = |name| check.values.method(class, name, 8).is_some();
            !outside && has("__aenter__") && !has("__enter__")
        }
        _ => false,
    }
}

/// Whether the name is read anywhere in the body, or in a function nested in it.
pub(super) fn mentions(check: &Check, module: ModuleId, scope: ScopeId, body: &[Stmt], name: &ast::ExprName) -> bool {
    let mut found = false;
    body::walk(body, &mut |node| {
        if let Node::Expr(Expr::Name(other)) = node {
            found |= other.id == name.id && other.ctx.is_load();
        }
    });
    // Nested functions and `global`, `del` and the like are searched as text.
    let nested = check.package.funcs.iter().filter(|func| func.module == module && is_inside(check, func.scope, scope));
    let text = check.source(module);
    let word = |range: ruff_text_size::TextRange| {
        let slice = text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or("");
        slice.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|part| part == name.id.as_str())
    };
    found
        || nested.into_iter().any(|func| word(func.def.range))
        || lambdas_mention(body, name)
        || declared_outer(body, name)
}

fn is_inside(check: &Check, mut scope: ScopeId, outer: ScopeId) -> bool {
    while let Some(parent) = check.package.scopes[scope].parent {
        if parent == outer {
            return true;
        }
        scope = parent;
    }
    false
}

fn lambdas_mention(body: &[Stmt], name: &ast::ExprName) -> bool {
    let mut found = false;
    body::walk(body, &mut |node| {
        if let Node::Expr(Expr::Lambda(lambda)) = node {
            body::walk_expr(&lambda.body, &mut |expr| {
                found |= matches!(expr, Expr::Name(other) if other.id == name.id);
            });
        }
    });
    found
}

fn declared_outer(body: &[Stmt], name: &ast::ExprName) -> bool {
    let mut found = false;
    body::walk(body, &mut |node| match node {
        Node::Stmt(Stmt::Global(names)) => found |= names.names.iter().any(|other| other.id == name.id),
        Node::Stmt(Stmt::Nonlocal(names)) => found |= names.names.iter().any(|other| other.id == name.id),
        _ => {}
    });
    found
}
