//! Task groups and cancel scopes: `yield` inside them, control flow that leaves them, errors that come out of them.

use crate::review::finding::Severity;
use crate::review::python::body;
use crate::review::python::check::Check;
use crate::review::python::index::{Func, ScopeId};
use crate::review::python::value::Value;
use ruff_python_ast::{self as ast, ExceptHandler, Expr, Stmt};
use ruff_text_size::Ranged;

/// What a `with` opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    TaskGroup,
    TimeOut,
}

/// What the context expression of a `with` opens, when it is one of ours.
pub(super) fn opens(check: &Check, expr: &Expr, scope: ScopeId) -> Option<Opens> {
    let path = match expr {
        Expr::Call(call) => check.values.path(&call.func, scope)?,
        _ => match check.values.of(expr, scope) {
            Value::Instance(class) => class,
            _ => return None,
        },
    };
    match path.as_ref() {
        "asyncio.TaskGroup" | "anyio.create_task_group" | "anyio.TaskGroup" | "trio.open_nursery" | "trio.Nursery" => {
            Some(Opens::TaskGroup)
        }
        "asyncio.timeout"
        | "asyncio.timeout_at"
        | "asyncio.Timeout"
        | "async_timeout.timeout"
        | "async_timeout.timeout_at"
        | "anyio.fail_after"
        | "anyio.move_on_after"
        | "anyio.CancelScope"
        | "trio.fail_after"
        | "trio.fail_at"
        | "trio.move_on_after"
        | "trio.move_on_at"
        | "trio.CancelScope" => Some(Opens::TimeOut),
        _ => None,
    }
}

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        let fixture = func.def.decorator_list.iter().any(|decorator| {
            let text = check.text(func.module, &decorator.expression);
            text.contains("contextmanager") || text.contains("fixture")
        });
        let mut frames = Frames { check, func, stack: Vec::new(), may_yield: fixture };
        frames.block(&func.def.body, true);
    }
}

#[derive(Clone, Copy)]
enum Frame<'a> {
    Opened(Opens, &'a ast::StmtWith),
    Loop,
}

struct Frames<'c, 'p, 'a> {
    check: &'c Check<'p, 'a>,
    func: &'c Func<'a>,
    stack: Vec<Frame<'a>>,
    may_yield: bool,
}

impl<'a> Frames<'_, '_, 'a> {
    /// `last`: whether the end of the block is the end of what is around it.
    fn block(&mut self, body: &'a [Stmt], last: bool) {
        for (nth, stmt) in body.iter().enumerate() {
            self.stmt(stmt, last && nth + 1 == body.len());
        }
    }

    fn stmt(&mut self, stmt: &'a Stmt, last: bool) {
        match stmt {
            Stmt::With(with) => {
                let kinds: Vec<Opens> = with
                    .items
                    .iter()
                    .filter_map(|item| opens(self.check, &item.context_expr, self.func.scope))
                    .collect();
                let depth = self.stack.len();
                self.stack.extend(kinds.iter().map(|kind| Frame::Opened(*kind, with)));
                self.block(&with.body, last || !kinds.is_empty());
                self.stack.truncate(depth);
            }
            Stmt::For(each) => self.looped(&each.body, &each.orelse),
            Stmt::While(each) => self.looped(&each.body, &each.orelse),
            Stmt::If(branch) => {
                self.yields(&branch.test);
                self.block(&branch.body, false);
                branch.elif_else_clauses.iter().for_each(|clause| self.block(&clause.body, false));
            }
            Stmt::Try(attempt) => {
                self.around_group(attempt);
                self.block(&attempt.body, last);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.flattened(handler);
                    self.block(&handler.body, last);
                }
                self.block(&attempt.orelse, last);
                self.block(&attempt.finalbody, false);
            }
            Stmt::Match(choice) => choice.cases.iter().for_each(|case| self.block(&case.body, false)),
            Stmt::Return(value) => {
                if let Some(value) = &value.value {
                    self.yields(value);
                }
                let group = self.stack.iter().rev().find_map(group);
                self.leaves(stmt, "return", group, last);
            }
            Stmt::Break(_) => self.jumps(stmt, "break"),
            Stmt::Continue(_) => self.jumps(stmt, "continue"),
            Stmt::Expr(expr) => self.yields(&expr.value),
            Stmt::Assign(assign) => self.yields(&assign.value),
            Stmt::AnnAssign(assign) => assign.value.iter().for_each(|value| self.yields(value)),
            Stmt::AugAssign(assign) => self.yields(&assign.value),
            _ => {}
        }
    }

    fn looped(&mut self, body: &'a [Stmt], orelse: &'a [Stmt]) {
        self.stack.push(Frame::Loop);
        self.block(body, false);
        self.stack.pop();
        self.block(orelse, false);
    }

    fn yields(&mut self, expr: &'a Expr) {
        if self.may_yield || !self.func.is_generator {
            return;
        }
        let Some(kind) = self.stack.iter().find_map(|frame| match frame {
            Frame::Opened(kind, _) => Some(*kind),
            Frame::Loop => None,
        }) else {
            return;
        };
        body::walk_expr(expr, &mut |inner| {
            if matches!(inner, Expr::Yield(_) | Expr::YieldFrom(_)) {
                let subject = if kind == Opens::TaskGroup { "task group" } else { "cancel scope" };
                self.check.report(self.func.module, "yield-in-scope", inner.range(), subject);
            }
        });
    }

    fn jumps(&mut self, stmt: &Stmt, word: &str) {
        let group = self.stack.iter().rev().take_while(|frame| !matches!(frame, Frame::Loop)).find_map(group);
        self.leaves(stmt, word, group, false);
    }

    fn leaves(&mut self, stmt: &Stmt, word: &str, group: Option<&'a ast::StmtWith>, last: bool) {
        let Some(with) = group else { return };
        let module = self.func.module;
        let text = self.check.source(module);
        let inside = text.get(with.range.start().to_usize()..stmt.start().to_usize()).unwrap_or("");
        let starts = inside.contains(".create_task(") || inside.contains(".start_soon(") || inside.contains(".start(");
        let cancels = inside.contains(".cancel");
        let severity = if starts && !cancels && !last { Severity::Warning } else { Severity::Note };
        self.check.report_as(module, "leaves-task-group", severity, stmt.range(), word.to_owned(), Vec::new());
    }

    /// `except ValueError` around a group, which raises an `ExceptionGroup`.
    fn around_group(&mut self, attempt: &'a ast::StmtTry) {
        if attempt.is_star {
            return;
        }
        let holds_group = |stmt: &Stmt| match stmt {
            Stmt::With(with) => with
                .items
                .iter()
                .any(|item| opens(self.check, &item.context_expr, self.func.scope) == Some(Opens::TaskGroup)),
            _ => false,
        };
        if !attempt.body.iter().any(holds_group) {
            return;
        }
        let alone = attempt.body.len() == 1;
        let values = &self.check.values;
        for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
            let Some(caught) = &handler.type_ else { continue };
            let kinds: Vec<&Expr> = match caught.as_ref() {
                Expr::Tuple(tuple) => tuple.elts.iter().collect(),
                other => vec![other],
            };
            let plain = kinds.iter().all(|kind| match values.of(kind, self.func.scope) {
                Value::Path(path) => {
                    let last = path.rsplit('.').next().unwrap_or(&path);
                    !matches!(
                        last,
                        "BaseException"
                            | "Exception"
                            | "ExceptionGroup"
                            | "BaseExceptionGroup"
                            | "CancelledError"
                            | "Cancelled"
                            | "TimeoutError"
                            | "KeyboardInterrupt"
                            | "SystemExit"
                            | "GeneratorExit"
                    )
                }
                Value::Class(_) => true,
                _ => false,
            });
            if plain {
                let severity = if alone { Severity::Warning } else { Severity::Note };
                let subject = format!("except {}", self.check.text(self.func.module, caught.as_ref()));
                let module = self.func.module;
                self.check.report_as(module, "except-around-group", severity, caught.range(), subject, Vec::new());
            }
        }
    }

    /// `raise group.exceptions[0]`: the other errors and the traceback are lost.
    fn flattened(&mut self, handler: &'a ast::ExceptHandlerExceptHandler) {
        // Whoever looks how many there are knows what is lost.
        let text = self.check.text_of(self.func);
        if text.contains(".exceptions) == 1") || text.contains(".exceptions) != 1") || text.contains(".exceptions) > 1")
        {
            return;
        }
        let mut members: Vec<&str> = Vec::new();
        body::walk(&handler.body, &mut |node| match node {
            body::Node::Stmt(Stmt::For(each)) if is_exceptions(&each.iter) => {
                if let Expr::Name(name) = each.target.as_ref() {
                    members.push(name.id.as_str());
                }
            }
            body::Node::Stmt(Stmt::Assign(assign)) => {
                if let (Expr::Subscript(member), [target]) = (assign.value.as_ref(), assign.targets.as_slice())
                    && is_exceptions(&member.value)
                    && let Expr::Name(name) = target
                {
                    members.push(name.id.as_str());
                }
            }
            body::Node::Stmt(Stmt::Raise(raise)) => {
                let is_member = match raise.exc.as_deref() {
                    Some(Expr::Subscript(member)) => is_exceptions(&member.value),
                    Some(Expr::Name(name)) => members.contains(&name.id.as_str()),
                    _ => false,
                };
                if is_member {
                    let subject = self.check.text(self.func.module, raise);
                    self.check.report(self.func.module, "flattened-group", raise.range, subject);
                }
            }
            _ => {}
        });
    }
}

fn is_exceptions(expr: &Expr) -> bool {
    matches!(expr, Expr::Attribute(attribute) if attribute.attr.as_str() == "exceptions")
}

fn group<'a>(frame: &Frame<'a>) -> Option<&'a ast::StmtWith> {
    match frame {
        Frame::Opened(Opens::TaskGroup, with) => Some(with),
        _ => None,
    }
}
