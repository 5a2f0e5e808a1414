//! Cancellation that does not get through: swallowed in `except`, replaced by another error, or lost in `finally`.

use super::handlers::{Ends, ends};
use super::swallows::{cancels_and_awaits, only_waits_for_tasks, only_waits_shielded};
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
pub(super) enum Catches {
    Cancelled,
    Everything,
}

pub(super) struct Walk<'c, 'p, 'a> {
    pub(super) check: &'c Check<'p, 'a>,
    pub(super) func: &'c Func<'a>,
    /// Whether its coroutine is given to a task.
    is_task: bool,
    loops: usize,
    /// Whether a handler around it ends by raising: whatever is swallowed inside, the function does not go on.
    raises_behind: bool,
    /// Whether a loop that awaits follows in a block around it.
    loops_behind: bool,
    /// Statements that await and follow in the blocks around it.
    pub(super) behind: Vec<&'a Stmt>,
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
                        let name = handler.name.as_ref().map(|name| name.as_str());
                        // Also what has been put away is not lost when another one comes while it tidies up.
                        self.raises_behind |= matches!(handler.body.last(), Some(Stmt::Raise(_)))
                            || name.is_some_and(|name| hands_on(&handler.body, name));
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
                let asked_for = self.is_cancelled_elsewhere(&attempt.body) || cancels_and_awaits(&attempt.body);
                let severity = if asked_for { Severity::Note } else { Severity::Failure };
                let is_work_of_task = self.is_task && self.loops == 0 && !self.loops_behind;
                let ends_soon =
                    is_work_of_task && (last || attempt.body.iter().any(loops) || self.tells_it(&handler.body));
                self.swallowed(handler, catches, (ends, severity), (ends_soon, only_waits_shielded(&attempt.body)));
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
        (ends_soon, waits_shielded): (bool, bool),
    ) {
        let name = handler.name.as_ref().map(|name| name.as_str());
        let passed_on = name.is_some_and(|name| hands_on(&handler.body, name));
        let severity = match (ends, catches) {
            (Ends::Sometimes, _) => Severity::Note,
            _ if calls_uncancel(&handler.body) => return,
            _ if passed_on || self.raises_behind || self.raises_later(handler) => Severity::Note,
            _ if self.waits_in_trio(&handler.body) || self.sets_own_alarm() => Severity::Note,
            _ if self.loops > 0 && waits_shielded => Severity::Note,
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

    /// `with suppress(CancelledError): await ...`
    fn suppress(&self, with: &'a ast::StmtWith) {
        for item in &with.items {
            let Expr::Call(call) = &item.context_expr else { continue };
            if !Check::last_name(&call.func).ends_with("suppress") || !body::has_await(&with.body) {
                continue;
            }
            let Some(catches) = call.arguments.args.iter().find_map(|arg| self.catches(Some(arg))) else { continue };
            if self.is_set_before(&with.body) {
                continue;
            }
            // Its cancel may also stand in front of the await inside.
            if !self.is_own_cancel(&with.body, TextRange::empty(with.end()), catches) {
                let subject = self.check.text(self.func.module, call);
                let severity = match only_waits_for_tasks(&with.body) {
                    // The handler around it raises what it caught.
                    _ if self.raises_behind => Severity::Note,
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
