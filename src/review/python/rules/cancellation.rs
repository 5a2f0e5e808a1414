//! Cancellation that does not get through: swallowed in `except`, replaced by another error, or lost in `finally`.

use super::handlers::{Ends, ends};
use crate::review::finding::Severity;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::Func;
use ruff_python_ast::{self as ast, ExceptHandler, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        if func.def.is_async {
            let is_task = check.handed_on.contains(&id);
            let mut walk =
                Walk { check, func, is_task, loops: 0, raises_behind: false, loops_behind: false, behind: Vec::new() };
            walk.block(&func.def.body, true);
        }
    }
}

/// What of a cancellation a handler catches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Catches {
    Cancelled,
    Everything,
}

struct Walk<'c, 'p, 'a> {
    check: &'c Check<'p, 'a>,
    func: &'c Func<'a>,
    /// Whether its coroutine is given to a task.
    is_task: bool,
    loops: usize,
    /// Whether a handler around it ends by raising: whatever is swallowed inside, the function does not go on.
    raises_behind: bool,
    /// Whether a loop that awaits follows in a block around it.
    loops_behind: bool,
    /// Statements that await and follow in the blocks around it.
    behind: Vec<&'a Stmt>,
}

impl<'a> Walk<'_, '_, 'a> {
    /// `last`: whether nothing of the function follows the block.
    fn block(&mut self, body: &'a [Stmt], last: bool) {
        for (nth, stmt) in body.iter().enumerate() {
            let last = last && body[nth + 1..].iter().all(|rest| !waits(rest));
            let outer_loops_behind = self.loops_behind;
            self.loops_behind |= body[nth + 1..].iter().any(loops);
            let outer_behind = self.behind.len();
            self.behind.extend(body[nth + 1..].iter().filter(|rest| waits(rest)));
            match stmt {
                Stmt::Try(attempt) => {
                    self.attempt(attempt, last);
                    self.block(&attempt.body, last);
                    for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                        let outer = self.raises_behind;
                        self.raises_behind |= matches!(handler.body.last(), Some(Stmt::Raise(_)));
                        self.block(&handler.body, last);
                        self.raises_behind = outer;
                    }
                    self.block(&attempt.orelse, last);
                    self.block(&attempt.finalbody, last);
                }
                Stmt::For(each) => self.looped(&each.body, &each.orelse, last),
                Stmt::While(each) => self.looped(&each.body, &each.orelse, last),
                Stmt::If(branch) => {
                    self.block(&branch.body, last);
                    branch.elif_else_clauses.iter().for_each(|clause| self.block(&clause.body, last));
                }
                Stmt::With(with) => {
                    self.suppress(with);
                    self.block(&with.body, last);
                }
                Stmt::Match(choice) => choice.cases.iter().for_each(|case| self.block(&case.body, last)),
                _ => {}
            }
            self.loops_behind = outer_loops_behind;
            self.behind.truncate(outer_behind);
        }
    }

    fn looped(&mut self, body: &'a [Stmt], orelse: &'a [Stmt], last: bool) {
        self.loops += 1;
        self.block(body, last);
        self.loops -= 1;
        self.block(orelse, last);
    }

    fn catches(&self, kind: Option<&Expr>) -> Option<Catches> {
        let Some(kind) = kind else { return Some(Catches::Everything) };
        if let Expr::Tuple(tuple) = kind {
            let mut all = tuple.elts.iter().filter_map(|element| self.catches(Some(element)));
            return all.next();
        }
        if let Expr::Call(call) = kind
            && Check::last_name(&call.func) == "get_cancelled_exc_class"
        {
            return Some(Catches::Cancelled);
        }
        let path = match kind {
            Expr::Call(call) => self.check.values.path(&call.func, self.func.scope)?,
            _ => self.check.values.path(kind, self.func.scope)?,
        };
        match path.as_ref() {
            "asyncio.CancelledError" | "trio.Cancelled" | "anyio.get_cancelled_exc_class" => Some(Catches::Cancelled),
            "builtins.BaseException" => Some(Catches::Everything),
            _ => None,
        }
    }

    fn attempt(&mut self, attempt: &'a ast::StmtTry, last: bool) {
        let waits = body::has_await(&attempt.body) || body::is_placeholder(&attempt.body);
        if !waits {
            return;
        }
        for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
            let Some(catches) = self.catches(handler.type_.as_deref()) else { continue };
            let ends = ends(&handler.body, handler.name.as_ref().map(|name| name.as_str()));
            if ends != Ends::Reraises && !self.is_own_cancel(&attempt.body, handler.range, catches) {
                let severity =
                    if self.is_cancelled_elsewhere(&attempt.body) { Severity::Note } else { Severity::Failure };
                let is_work_of_task = self.is_task && self.loops == 0 && !self.loops_behind;
                let ends_soon =
                    is_work_of_task && (last || attempt.body.iter().any(loops) || self.tells_it(&handler.body));
                self.swallowed(handler, catches, (ends, severity), ends_soon);
            }
            // Later handlers never see a cancellation.
            break;
        }
        if !attempt.finalbody.is_empty() {
            self.finally(&attempt.finalbody, 0);
        }
    }

    fn swallowed(
        &self,
        handler: &'a ast::ExceptHandlerExceptHandler,
        catches: Catches,
        (ends, most): (Ends, Severity),
        ends_soon: bool,
    ) {
        let name = handler.name.as_ref().map(|name| name.as_str());
        let passed_on = name.is_some_and(|name| hands_on(&handler.body, name));
        let severity = match (ends, catches) {
            (Ends::Sometimes, _) => Severity::Note,
            _ if calls_uncancel(&handler.body) => return,
            _ if passed_on || self.raises_behind || self.raises_later(handler) => Severity::Note,
            _ if self.waits_in_trio(&handler.body) || self.sets_own_alarm() => Severity::Note,
            // A task whose work ends here ends soon enough; only `cancelled()` is wrong about it.
            (Ends::Swallows, _) if ends_soon || (self.is_task && self.leaves(handler)) => Severity::Note,
            (Ends::Replaces, Catches::Everything) => Severity::Warning,
            _ => most,
        };
        let subject = match &handler.type_ {
            Some(kind) => format!("except {}", self.check.text(self.func.module, kind.as_ref())),
            None => "except:".to_owned(),
        };
        let header = handler.type_.as_ref().map_or(TextRange::at(handler.start(), 6.into()), |kind| kind.range());
        self.check.report_as(self.func.module, "swallowed-cancel", severity, header, subject, Vec::new());
    }

    /// Whether the handler says in a variable what became of the work, and all that follows is to send that.
    fn tells_it(&self, handler: &'a [Stmt]) -> bool {
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

    /// Whether the handler remembers the cancellation and the function raises it when it has tidied up.
    fn raises_later(&self, handler: &'a ast::ExceptHandlerExceptHandler) -> bool {
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
    fn leaves(&self, handler: &'a ast::ExceptHandlerExceptHandler) -> bool {
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

    /// Whether the function has itself cancelled after a while: `loop.call_later(timeout, asyncio.current_task().cancel)`.
    fn sets_own_alarm(&self) -> bool {
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
    fn waits_in_trio(&self, body: &'a [Stmt]) -> bool {
        body.iter().any(|stmt| {
            let Stmt::Expr(expr) = stmt else { return false };
            let Expr::Await(awaited) = expr.value.as_ref() else { return false };
            let Expr::Call(call) = awaited.value.as_ref() else { return false };
            self.check.values.path(&call.func, self.func.scope).is_some_and(|path| path.starts_with("trio."))
        })
    }

    /// "Cancel, await, swallow": the error is the child's, whose cancellation was asked for here.
    fn is_own_cancel(&self, body: &'a [Stmt], before: TextRange, catches: Catches) -> bool {
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
    fn is_cancelled_elsewhere(&self, body: &'a [Stmt]) -> bool {
        let (text, here) = (self.check.source(self.func.module), self.check.text_of(self.func));
        only_waits_for_tasks(body)
            && body::any_expr(body, |expr| match expr {
                Expr::Attribute(attribute) => text.contains(&format!("{}.cancel()", attribute.attr.as_str())),
                Expr::Name(name) => here.contains(&format!(" {}.cancel", name.id.as_str())),
                _ => false,
            })
    }

    /// `with suppress(CancelledError): await ...`
    fn suppress(&self, with: &'a ast::StmtWith) {
        for item in &with.items {
            let Expr::Call(call) = &item.context_expr else { continue };
            if !Check::last_name(&call.func).ends_with("suppress") || !body::has_await(&with.body) {
                continue;
            }
            let Some(catches) = call.arguments.args.iter().find_map(|arg| self.catches(Some(arg))) else { continue };
            // Its cancel may also stand in front of the await inside.
            if !self.is_own_cancel(&with.body, TextRange::empty(with.end()), catches) {
                let subject = self.check.text(self.func.module, call);
                let severity = match only_waits_for_tasks(&with.body) {
                    true if self.is_cancelled_elsewhere(&with.body) => Severity::Note,
                    true => Severity::Warning,
                    false => Severity::Failure,
                };
                self.check.report_as(self.func.module, "swallowed-cancel", severity, call.range(), subject, Vec::new());
            }
        }
    }

    /// `return`, `break` and `continue` in `finally` drop whatever is being raised.
    fn finally(&self, body: &'a [Stmt], loops: usize) {
        for stmt in body {
            let (word, leaves) = match stmt {
                Stmt::Return(_) => ("return", true),
                Stmt::Break(_) => ("break", loops == 0),
                Stmt::Continue(_) => ("continue", loops == 0),
                Stmt::For(each) => {
                    self.finally(&each.body, loops + 1);
                    continue;
                }
                Stmt::While(each) => {
                    self.finally(&each.body, loops + 1);
                    continue;
                }
                Stmt::If(branch) => {
                    self.finally(&branch.body, loops);
                    branch.elif_else_clauses.iter().for_each(|clause| self.finally(&clause.body, loops));
                    continue;
                }
                Stmt::With(with) => {
                    self.finally(&with.body, loops);
                    continue;
                }
                Stmt::Try(attempt) => {
                    self.finally(&attempt.body, loops);
                    for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                        self.finally(&handler.body, loops);
                    }
                    self.finally(&attempt.orelse, loops);
                    continue;
                }
                _ => continue,
            };
            if leaves {
                self.check.report(self.func.module, "finally-swallows", stmt.range(), word);
            }
        }
    }
}

/// Whether the statement is a loop that awaits, or has one.
fn loops(stmt: &Stmt) -> bool {
    let mut found = false;
    body::walk(std::slice::from_ref(stmt), &mut |node| {
        if let Node::Stmt(inner @ (Stmt::While(_) | Stmt::For(_))) = node {
            found |= waits(inner);
        }
    });
    found
}

/// Whether the statement awaits anything.
fn waits(stmt: &Stmt) -> bool {
    body::has_await(std::slice::from_ref(stmt))
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
fn only_waits_for_tasks(body: &[Stmt]) -> bool {
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

fn calls_uncancel(body: &[Stmt]) -> bool {
    body::any_expr(body, |expr| matches!(expr, Expr::Attribute(attribute) if attribute.attr.as_str() == "uncancel"))
}

/// Whether the caught error is stored, sent or set somewhere, not only printed.
fn hands_on(body: &[Stmt], name: &str) -> bool {
    let is_it = |expr: &Expr| matches!(expr, Expr::Name(other) if other.id.as_str() == name);
    let mut found = false;
    body::walk(body, &mut |node| match node {
        Node::Stmt(Stmt::Assign(assign)) => found |= is_it(&assign.value),
        Node::Stmt(Stmt::Return(value)) => found |= value.value.as_deref().is_some_and(is_it),
        Node::Expr(Expr::Call(call)) => {
            let last = Check::last_name(&call.func);
            let prints = matches!(
                last,
                "print"
                    | "str"
                    | "repr"
                    | "debug"
                    | "info"
                    | "warning"
                    | "error"
                    | "exception"
                    | "log"
                    | "critical"
                    | "isinstance"
                    | "type"
                    | "format"
            );
            found |= !prints
                && (call.arguments.args.iter().any(is_it)
                    || call.arguments.keywords.iter().any(|keyword| is_it(&keyword.value)));
        }
        _ => {}
    });
    found
}
