//! Functions of two colours: `if colour == "async": return work()`, and behind it the same with a sync client.

use ruff_python_ast::{Expr, Stmt, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

/// The parts of a body that only callers with no loop reach.
pub fn sync_ways(body: &[Stmt]) -> Vec<TextRange> {
    let mut ways = Vec::new();
    collect(body, &mut ways);
    ways
}

fn collect(body: &[Stmt], ways: &mut Vec<TextRange>) {
    for (nth, stmt) in body.iter().enumerate() {
        match stmt {
            Stmt::If(branch) => {
                let clauses = branch.elif_else_clauses.iter();
                match asks_for_async(&branch.test) {
                    Some(true) => {
                        ways.extend(clauses.filter(|clause| clause.test.is_none()).map(|clause| clause.range));
                        if matches!(branch.body.last(), Some(Stmt::Return(_) | Stmt::Raise(_)))
                            && let (Some(first), Some(last)) = (body.get(nth + 1), body.last())
                        {
                            ways.push(TextRange::new(first.start(), last.end()));
                        }
                    }
                    Some(false) => ways.extend(branch.body.iter().map(Ranged::range)),
                    None => {
                        collect(&branch.body, ways);
                        clauses.for_each(|clause| collect(&clause.body, ways));
                    }
                }
            }
            Stmt::With(with) => collect(&with.body, ways),
            Stmt::Try(attempt) => collect(&attempt.body, ways),
            _ => {}
        }
    }
}

/// Whether the condition holds for async callers, or for the others: `is_async`, `not self.is_async`, `colour == "sync"`.
fn asks_for_async(test: &Expr) -> Option<bool> {
    let flag = |name: &str| (name.contains("async") && name != "asyncio").then_some(true);
    match test {
        Expr::Name(name) => flag(name.id.as_str()),
        Expr::Attribute(attribute) => flag(attribute.attr.as_str()),
        Expr::UnaryOp(op) if op.op == UnaryOp::Not => asks_for_async(&op.operand).map(|holds| !holds),
        Expr::Compare(compare) => match (compare.ops.first()?, compare.comparators.first()?) {
            (ruff_python_ast::CmpOp::Eq, Expr::StringLiteral(colour)) => match colour.value.to_str() {
                "async" => Some(true),
                "sync" => Some(false),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
