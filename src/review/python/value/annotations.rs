//! Annotations: the types that people write.

use super::super::index::{ClassId, ScopeId, ScopeKind};
use super::{Value, Values, agree};
use ruff_python_ast::{Expr, Operator};
use ruff_text_size::TextSize;

impl Values<'_, '_> {
    /// The class whose method's scope this is in.
    pub fn enclosing_class(&self, scope: ScopeId) -> Option<ClassId> {
        let mut current = Some(scope);
        while let Some(id) = current {
            match self.package.scopes[id].kind {
                ScopeKind::Class(class) => return Some(class),
                _ => current = self.package.scopes[id].parent,
            }
        }
        None
    }

    pub(super) fn annotation(&self, annotation: &Expr, scope: ScopeId, steps: u8) -> Value {
        let Some(steps) = steps.checked_sub(1) else { return Value::Unknown };
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => match self.eval(annotation, scope, steps) {
                Value::Path(path) => Value::Instance(path),
                Value::Class(class) => Value::Object(class),
                _ => Value::Unknown,
            },
            Expr::BinOp(op) if op.op == Operator::BitOr => {
                agree([self.annotation(&op.left, scope, steps), self.annotation(&op.right, scope, steps)])
            }
            Expr::NoneLiteral(_) => Value::Nothing,
            Expr::Subscript(subscript) => match self.eval(&subscript.value, scope, steps) {
                Value::Path(path) => match path.as_ref() {
                    "typing.Optional" | "typing.Final" | "typing.ClassVar" | "Optional" => {
                        self.annotation(&subscript.slice, scope, steps)
                    }
                    "typing.Annotated" | "typing_extensions.Annotated" => match subscript.slice.as_ref() {
                        Expr::Tuple(parts) if !parts.elts.is_empty() => self.annotation(&parts.elts[0], scope, steps),
                        _ => Value::Unknown,
                    },
                    "typing.Union" | "Union" | "typing.Awaitable" | "typing.Coroutine" => Value::Unknown,
                    _ => Value::Instance(path),
                },
                Value::Class(class) => Value::Object(class),
                _ => Value::Unknown,
            },
            Expr::StringLiteral(text) => {
                // A forward reference: only plain names are read.
                let text = text.value.to_str();
                let plain = text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'));
                if !plain || text.is_empty() {
                    return Value::Unknown;
                }
                let mut parts = text.split('.');
                let first = parts.next().unwrap_or_default();
                let mut value = self.name(first, scope, TextSize::new(u32::MAX), steps);
                for part in parts {
                    value = self.attribute(value, part, steps);
                }
                match value {
                    Value::Path(path) => Value::Instance(path),
                    Value::Class(class) => Value::Object(class),
                    _ => Value::Unknown,
                }
            }
            _ => Value::Unknown,
        }
    }
}
