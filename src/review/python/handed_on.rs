//! Async functions whose coroutines become tasks, or go to a caller, instead of being awaited where they are made.

use super::body::{self, Node};
use super::calls::Spot;
use super::check::Check;
use super::index::{FuncId, Package};
use super::value::{Value, Values};
use ruff_python_ast::{Expr, Stmt};
use rustc_hash::FxHashSet;

/// Async functions whose coroutines go to somebody else: `create_task(work())`, `start_soon(work)`, `c = work()`.
pub fn handed_on(package: &Package, values: &Values) -> FxHashSet<FuncId> {
    let mut found = FxHashSet::default();
    let mut names = FxHashSet::default();
    let bodies = package.funcs.iter().map(|func| (func.scope, &func.def.body[..]));
    let bodies = bodies.chain(package.modules.iter().map(|module| (module.scope, module.body)));
    for (scope, body) in bodies {
        let spot = Spot::of(body);
        for call in &spot.calls {
            let mut add = |expr: &Expr| {
                if let Value::Func(func) = values.of(expr, scope)
                    && package.funcs[func].def.is_async
                {
                    found.insert(func);
                }
            };
            // `create_task(self.loop())` of a class put together from parts: known by name.
            if let ("create_task" | "ensure_future", Some(Expr::Call(work))) =
                (Check::last_name(&call.func), call.arguments.args.first())
            {
                names.insert(Check::last_name(&work.func));
            }
            if !spot.is_released(call) {
                add(&call.func);
            }
            call.arguments.args.iter().filter(|arg| matches!(arg, Expr::Name(_) | Expr::Attribute(_))).for_each(add);
        }
    }
    let named =
        package.funcs.iter().enumerate().filter(|(_, func)| func.class.is_some() && names.contains(func.name()));
    found.extend(named.map(|(id, _)| id));
    let passed: Vec<FuncId> = found.iter().filter_map(|id| all_that_it_awaits(package, values, *id)).collect();
    found.extend(passed);
    found
}

/// The one function whose coroutine is all that a task's body awaits: `try: await self._loop() except Exception: log()`.
fn all_that_it_awaits(package: &Package, values: &Values, task: FuncId) -> Option<FuncId> {
    let func = &package.funcs[task];
    let (mut awaited, mut loops) = (Vec::new(), false);
    body::walk(&func.def.body, &mut |node| match node {
        Node::Expr(Expr::Await(expr)) => awaited.push(&expr.value),
        // What a loop awaits can end, and the task goes on.
        Node::Stmt(Stmt::For(_) | Stmt::While(_)) => loops = true,
        _ => {}
    });
    if loops {
        return None;
    }
    let [only] = awaited.as_slice() else { return None };
    let Expr::Call(call) = only.as_ref() else { return None };
    match values.of(&call.func, func.scope) {
        Value::Func(work) if package.funcs[work].def.is_async => Some(work),
        _ => None,
    }
}
