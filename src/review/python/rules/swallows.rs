//! Where it is right to keep a cancellation: it was asked for here, it is passed on later, or the work ends with it.

use super::cancellation::{Catches, Walk};
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

impl<'a> Walk<'_, '_, 'a> {
    /// Whether the handler says in a variable what became of the work, and all that follows is to send that.
    pub(super) fn tells_it(&self, handler: &'a [Stmt]) -> bool {
        let [Stmt::Expr(last)] = self.behind.as_slice() else { return false };
        let told = |name: &str| {
            let mut told = false;
            body::walk_expr(&last.value, &mut |expr| told |= matches!(expr, Expr::Name(it) if it.id.as_str() == name));
            told
        };
        handler.iter().any(|stmt| match stmt {
            Stmt::Assign(assign) => matches!(assign.targets.as_slice(), [Expr::Name(name)] if told(name.id.as_str())),
            _ => false,
        })
    }

    /// Whether the function has itself cancelled after a while: `loop.call_later(timeout, asyncio.current_task().cancel)`.
    pub(super) fn sets_own_alarm(&self) -> bool {
        let text = self.check.text_of(self.func);
        let mut found = false;
        body::walk(&self.func.def.body, &mut |node| {
            if let Node::Expr(Expr::Call(call)) = node
                && matches!(Check::last_name(&call.func), "call_later" | "call_at")
            {
                found |= call.arguments.args.get(1).is_some_and(|then| Check::last_name(then) == "cancel");
            }
        });
        found && text.contains("current_task(")
    }

    /// Whether the handler itself awaits something of trio, which delivers the cancellation again there.
    pub(super) fn waits_in_trio(&self, body: &'a [Stmt]) -> bool {
        body.iter().any(|stmt| {
            let Stmt::Expr(expr) = stmt else { return false };
            let Expr::Await(awaited) = expr.value.as_ref() else { return false };
            let Expr::Call(call) = awaited.value.as_ref() else { return false };
            self.check.values.path(&call.func, self.func.scope).is_some_and(|path| path.starts_with("trio."))
        })
    }

    /// "Cancel, await, swallow": the error is the child's, whose cancellation was asked for here.
    pub(super) fn is_own_cancel(&self, body: &'a [Stmt], before: TextRange, catches: Catches) -> bool {
        if catches == Catches::Everything && !only_waits_for_tasks(body) {
            return false;
        }
        let mut cancels = false;
        body::walk(&self.func.def.body, &mut |node| {
            if let Node::Expr(Expr::Call(call)) = node
                && call.range().start() < before.start()
                && let Expr::Attribute(attribute) = call.func.as_ref()
            {
                let name = attribute.attr.as_str();
                cancels |= name.contains("cancel") && !name.contains("cancelled") && !name.contains("cancelling");
            }
        });
        cancels && only_waits_for_tasks(body)
    }

    /// Whether the body waits for a task of the object that another of its methods cancels, `await self.task`, or for one
    /// that a callback of the function cancels: `loop.add_signal_handler(signal.SIGINT, task.cancel)`.
    pub(super) fn is_cancelled_elsewhere(&self, body: &'a [Stmt]) -> bool {
        let (text, here) = (self.check.source(self.func.module), self.check.text_of(self.func));
        only_waits_for_tasks(body)
            && body::any_expr(body, |expr| match expr {
                Expr::Attribute(attribute) => text.contains(&format!("{}.cancel()", attribute.attr.as_str())),
                Expr::Name(name) => here.contains(&format!(" {}.cancel", name.id.as_str())),
                _ => false,
            })
    }

    /// Whether the handler remembers the cancellation and the function raises it when it has tidied up.
    pub(super) fn raises_later(&self, handler: &'a ast::ExceptHandlerExceptHandler) -> bool {
        let mut found = false;
        body::walk(&self.func.def.body, &mut |node| {
            if let Node::Stmt(Stmt::Raise(raise)) = node
                && raise.start() > handler.end()
            {
                let raised = raise.exc.as_deref().map(|raised| match raised {
                    Expr::Call(call) => Check::last_name(&call.func),
                    other => Check::last_name(other),
                });
                found |= raised == Some("CancelledError");
            }
        });
        found && !sets(&handler.body).is_empty()
    }

    /// Whether the handler leaves the loop that it stands in, or tells the loop in a variable to end.
    pub(super) fn leaves(&self, handler: &'a ast::ExceptHandlerExceptHandler) -> bool {
        if handler.body.iter().any(|stmt| matches!(stmt, Stmt::Return(_) | Stmt::Break(_))) {
            return true;
        }
        let told = sets(&handler.body);
        let mut found = false;
        body::walk(&self.func.def.body, &mut |node| {
            if let Node::Stmt(Stmt::If(branch)) = node
                && branch.start() > handler.end()
                && let Expr::Name(name) = branch.test.as_ref()
            {
                let ends = matches!(branch.body.last(), Some(Stmt::Return(_) | Stmt::Break(_)));
                found |= ends && told.contains(&name.id.as_str());
            }
        });
        found
    }

    /// Whether all that is awaited is a future that has its result already: `future.set_exception(error); await future`.
    pub(super) fn is_set_before(&self, body: &'a [Stmt]) -> bool {
        let [Stmt::Expr(only)] = body else { return false };
        let Expr::Await(awaited) = only.value.as_ref() else { return false };
        let Expr::Name(name) = awaited.value.as_ref() else { return false };
        let mut set = false;
        body::walk(&self.func.def.body, &mut |node| {
            if let Node::Expr(Expr::Call(call)) = node
                && call.end() < only.start()
                && let Expr::Attribute(attribute) = call.func.as_ref()
                && matches!(attribute.attr.as_str(), "set_exception" | "set_result")
            {
                set |= matches!(attribute.value.as_ref(), Expr::Name(it) if it.id == name.id);
            }
        });
        set
    }
}

/// Names that the statements, or what they hold, set to something.
fn sets(body: &[Stmt]) -> Vec<&str> {
    let mut names = Vec::new();
    body::walk(body, &mut |node| {
        if let Node::Stmt(Stmt::Assign(assign)) = node {
            names.extend(assign.targets.iter().map(Check::last_name));
        }
    });
    names
}

/// Whether every await of the body is for something that exists already, a task or a group of them, not for a call's work.
pub(super) fn only_waits_for_tasks(body: &[Stmt]) -> bool {
    let (mut awaits, mut others) = (0, 0);
    body::walk(body, &mut |node| {
        if let Node::Expr(Expr::Await(awaited)) = node {
            awaits += 1;
            let fine = match awaited.value.as_ref() {
                Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => true,
                Expr::Call(call) => matches!(
                    Check::last_name(&call.func),
                    "gather" | "wait" | "wait_for" | "shield" | "wait_closed" | "join" | "cancel_and_wait" | "sleep"
                ),
                _ => false,
            };
            others += usize::from(!fine);
        }
    });
    awaits > 0 && others == 0
}

/// `await asyncio.shield(task)` and nothing else: in a loop, how one waits for work that must end through every cancellation.
pub(super) fn only_waits_shielded(body: &[Stmt]) -> bool {
    let [only] = body else { return false };
    let value = match only {
        Stmt::Expr(expr) => expr.value.as_ref(),
        Stmt::Assign(assign) => assign.value.as_ref(),
        Stmt::Return(back) => match &back.value {
            Some(value) => value,
            None => return false,
        },
        _ => return false,
    };
    let Expr::Await(awaited) = value else { return false };
    let Expr::Call(call) = awaited.value.as_ref() else { return false };
    Check::last_name(&call.func) == "shield"
        && matches!(call.arguments.args.first(), Some(Expr::Name(_) | Expr::Attribute(_)))
}

/// Whether the body cancels a task and awaits the same: `task.cancel(); await task; await client.close()`.
pub(super) fn cancels_and_awaits(body: &[Stmt]) -> bool {
    let mut cancelled: Vec<&str> = Vec::new();
    let mut awaits = false;
    body::walk(body, &mut |node| match node {
        Node::Expr(Expr::Call(call)) => {
            if let Expr::Attribute(attribute) = call.func.as_ref()
                && attribute.attr.as_str() == "cancel"
            {
                cancelled.push(Check::last_name(&attribute.value));
            }
        }
        Node::Expr(Expr::Await(awaited)) => {
            let name = Check::last_name(&awaited.value);
            awaits |= !name.is_empty() && cancelled.contains(&name);
        }
        _ => {}
    });
    awaits
}
