//! Walking the body of one function: never into nested functions, classes or lambdas, whose code runs at another time.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};

/// Whether the body itself yields.
pub fn has_yield(body: &[Stmt]) -> bool {
    any_expr(body, |expr| matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_)))
}

/// Whether the body can hand control back to the loop: `await`, `async for`, `async with`.
pub fn has_await(body: &[Stmt]) -> bool {
    let mut found = false;
    walk(body, &mut |node| {
        found |= match node {
            Node::Expr(Expr::Await(_)) => true,
            Node::Expr(Expr::ListComp(comp)) => comp.generators.iter().any(|generator| generator.is_async),
            Node::Expr(Expr::SetComp(comp)) => comp.generators.iter().any(|generator| generator.is_async),
            Node::Expr(Expr::DictComp(comp)) => comp.generators.iter().any(|generator| generator.is_async),
            Node::Stmt(Stmt::For(each)) => each.is_async,
            Node::Stmt(Stmt::With(with)) => with.is_async,
            _ => false,
        }
    });
    found
}

/// Whether the body says nothing: `...`, `pass` or a docstring, as stubs and snippets do.
pub fn is_placeholder(body: &[Stmt]) -> bool {
    body.iter().all(|stmt| match stmt {
        Stmt::Pass(_) => true,
        Stmt::Expr(expr) => matches!(expr.value.as_ref(), Expr::EllipsisLiteral(_) | Expr::StringLiteral(_)),
        _ => false,
    })
}

/// Whether any expression of the body is such.
pub fn any_expr(body: &[Stmt], mut test: impl FnMut(&Expr) -> bool) -> bool {
    let mut found = false;
    walk(body, &mut |node| {
        if let Node::Expr(expr) = node {
            found = found || test(expr);
        }
    });
    found
}

/// A node of a body.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    Stmt(&'a Stmt),
    Expr(&'a Expr),
}

/// Calls `each` for every statement and expression of the body.
pub fn walk<'a>(body: &'a [Stmt], each: &mut dyn FnMut(Node<'a>)) {
    let mut walker = Walker { each };
    for stmt in body {
        walker.visit_stmt(stmt);
    }
}

/// Calls `each` for the expression and every one in it.
pub fn walk_expr<'a>(expr: &'a Expr, each: &mut dyn FnMut(&'a Expr)) {
    let mut each = |node: Node<'a>| {
        if let Node::Expr(expr) = node {
            each(expr);
        }
    };
    Walker { each: &mut each }.visit_expr(expr);
}

struct Walker<'f, 'a> {
    each: &'f mut dyn FnMut(Node<'a>),
}

impl<'a> Visitor<'a> for Walker<'_, 'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        (self.each)(Node::Stmt(stmt));
        match stmt {
            Stmt::FunctionDef(def) => outside(self, &def.decorator_list, Some(&def.parameters)),
            Stmt::ClassDef(def) => outside(self, &def.decorator_list, None),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        (self.each)(Node::Expr(expr));
        if !matches!(expr, Expr::Lambda(_)) {
            visitor::walk_expr(self, expr);
        }
    }

    fn visit_annotation(&mut self, _: &'a Expr) {}
}

/// What of a nested definition runs where it stands: decorators and defaults.
fn outside<'a>(walker: &mut Walker<'_, 'a>, decorators: &'a [ast::Decorator], parameters: Option<&'a ast::Parameters>) {
    for decorator in decorators {
        walker.visit_expr(&decorator.expression);
    }
    for parameter in parameters.into_iter().flat_map(|parameters| parameters.iter_non_variadic_params()) {
        if let Some(default) = &parameter.default {
            walker.visit_expr(default);
        }
    }
}
