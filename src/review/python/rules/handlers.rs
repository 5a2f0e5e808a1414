//! How an `except` handler ends: with what it caught, with something else, or by going on.

use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use ruff_python_ast::{self as ast, Expr, Stmt};

/// How a handler ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Raises what it caught, on every way.
    Reraises,
    /// Raises something else.
    Replaces,
    /// Raises what it caught on some ways.
    Sometimes,
    Swallows,
}

/// How the handler of this body ends, which caught its error under a name.
pub fn ends(body: &[Stmt], name: Option<&str>) -> Ends {
    match flow(body, name) {
        Some(Ends::Reraises) => Ends::Reraises,
        _ if any_reraise(body, name) => Ends::Sometimes,
        Some(ends) => ends,
        None => Ends::Swallows,
    }
}

/// How the block surely ends, or nothing when it can go on behind its end.
fn flow(body: &[Stmt], name: Option<&str>) -> Option<Ends> {
    for stmt in body {
        match stmt {
            Stmt::Raise(raise) => return Some(raised(raise, name)),
            Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => return Some(Ends::Swallows),
            Stmt::If(branch) => {
                let has_else = branch.elif_else_clauses.last().is_some_and(|clause| clause.test.is_none());
                let mut all = vec![flow(&branch.body, name)];
                all.extend(branch.elif_else_clauses.iter().map(|clause| flow(&clause.body, name)));
                if has_else && all.iter().all(|ends| *ends == Some(Ends::Reraises)) {
                    return Some(Ends::Reraises);
                }
                if all.contains(&Some(Ends::Swallows))
                    && !all.contains(&Some(Ends::Reraises))
                    && !any_reraise(body, name)
                {
                    return Some(Ends::Swallows);
                }
                if all.iter().any(|ends| matches!(ends, Some(Ends::Swallows | Ends::Replaces))) {
                    return Some(if any_reraise(body, name) { Ends::Sometimes } else { Ends::Swallows });
                }
            }
            Stmt::With(with) => {
                if let Some(ends) = flow(&with.body, name) {
                    return Some(ends);
                }
            }
            Stmt::Try(attempt) => {
                if let Some(ends) = flow(&attempt.finalbody, name) {
                    return Some(ends);
                }
                if let Some(ends) = flow(&attempt.body, name)
                    && (attempt.handlers.is_empty() || ends != Ends::Reraises)
                {
                    return Some(ends);
                }
            }
            _ => {}
        }
    }
    None
}

fn raised(raise: &ast::StmtRaise, name: Option<&str>) -> Ends {
    match raise.exc.as_deref() {
        None => Ends::Reraises,
        Some(Expr::Name(other)) if name == Some(other.id.as_str()) => Ends::Reraises,
        Some(Expr::Call(call))
            if matches!(Check::last_name(&call.func), "Cancelled" | "with_traceback")
                || Check::last_name(&call.func).ends_with("CancelledError") =>
        {
            Ends::Reraises
        }
        Some(Expr::Attribute(attribute)) if attribute.attr.as_str() == "CancelledError" => Ends::Reraises,
        Some(_) => Ends::Replaces,
    }
}

fn any_reraise(body: &[Stmt], name: Option<&str>) -> bool {
    let mut found = false;
    body::walk(body, &mut |node| {
        if let Node::Stmt(Stmt::Raise(raise)) = node {
            found |= raised(raise, name) == Ends::Reraises;
        }
    });
    found
}
