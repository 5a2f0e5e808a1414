//! Branches that never run, as their condition is a constant: `if False:`, `if _IS_SYNC:` with `_IS_SYNC = False`.
//!
//! Libraries that make their sync version from the async one keep such branches; nothing in them is a finding.

use super::body::{self, Node};
use super::index::{Binding, Module, Package};
use ruff_python_ast::{BoolOp, Expr, Stmt, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

/// The ranges of a module that never run.
pub fn ranges(package: &Package, module: &Module, text: &str) -> Vec<TextRange> {
    let mut dead = Vec::new();
    // Most files have no constant condition at all.
    if !text.contains("if True")
        && !text.contains("if False")
        && !text.contains("SYNC")
        && !text.contains("TYPE_CHECKING")
    {
        return dead;
    }
    let mut look = |body: &[Stmt]| {
        body::walk(body, &mut |node| {
            if let Node::Stmt(Stmt::If(branch)) = node {
                let condition = constant(package, module, &branch.test);
                if condition == Some(false) {
                    dead.extend(span(&branch.body));
                }
                if condition == Some(true) {
                    dead.extend(branch.elif_else_clauses.iter().map(|clause| clause.range));
                }
            }
            if let Node::Expr(Expr::If(branch)) = node {
                match constant(package, module, &branch.test) {
                    Some(false) => dead.push(branch.body.range()),
                    Some(true) => dead.push(branch.orelse.range()),
                    None => {}
                }
            }
        });
    };
    look(module.body);
    package
        .funcs
        .iter()
        .filter(|func| std::ptr::eq(&package.modules[func.module], module))
        .for_each(|func| look(&func.def.body));
    dead
}

fn span(body: &[Stmt]) -> Option<TextRange> {
    Some(TextRange::new(body.first()?.start(), body.last()?.end()))
}

fn constant(package: &Package, module: &Module, test: &Expr) -> Option<bool> {
    match test {
        Expr::BooleanLiteral(literal) => Some(literal.value),
        Expr::UnaryOp(op) if op.op == UnaryOp::Not => constant(package, module, &op.operand).map(|value| !value),
        Expr::BoolOp(op) => {
            let stops = op.op == BoolOp::Or;
            op.values.iter().any(|value| constant(package, module, value) == Some(stops)).then_some(stops)
        }
        Expr::Name(name) if name.id.as_str() == "TYPE_CHECKING" => Some(false),
        // Only names written like constants and bound once; others may be set from outside.
        Expr::Name(name) if name.id.as_str().chars().all(|letter| letter.is_uppercase() || letter == '_') => {
            match package.scopes[module.scope].names.get(name.id.as_str())?.as_slice() {
                [one] => match one.binding {
                    Binding::Value(Expr::BooleanLiteral(literal)) => Some(literal.value),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}
