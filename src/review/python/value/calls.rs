//! Calls: what they give.

use super::super::index::FuncId;
use super::super::index::ScopeId;
use super::{Value, Values, instance, last_is_class, plain_decorators};
use ruff_python_ast::{self as ast, Expr};

impl Values<'_, '_> {
    pub(super) fn call(&self, call: &ast::ExprCall, scope: ScopeId, steps: u8) -> Value {
        match self.eval(&call.func, scope, steps) {
            Value::Path(path) => match path.as_ref() {
                "builtins.super" => self.enclosing_class(scope).map_or(Value::Unknown, |class| {
                    let it = &self.package.classes[class];
                    let base = it.def.arguments.as_ref().and_then(|arguments| arguments.args.first());
                    match base.map(|base| self.eval(base, it.outer, steps)) {
                        Some(Value::Class(base)) => Value::Object(base),
                        _ => Value::Unknown,
                    }
                }),
                "functools.partial" => Value::Unknown,
                // Nobody ever waits to put something into a queue without a bound.
                "queue.Queue" | "queue.LifoQueue" | "queue.PriorityQueue" if call.arguments.is_empty() => {
                    Value::Instance("queue.UnboundedQueue".into())
                }
                "socket.socket" if mentions(call, "SOCK_DGRAM") => Value::Instance("socket.UdpSocket".into()),
                "zipfile.ZipFile" | "tarfile.open" if self.is_in_memory(call, scope, steps) => {
                    Value::Instance("io.MemoryArchive".into())
                }
                "gzip.open" | "bz2.open" | "lzma.open" if self.is_in_memory(call, scope, steps) => Value::Unknown,
                _ if self.tables.is_coroutine(&path) => Value::OutsideCoroutine(path),
                _ => match self.tables.result_type(&path) {
                    Some(class) => instance(class),
                    None if last_is_class(&path) => Value::Instance(path),
                    None => Value::Unknown,
                },
            },
            Value::Class(class) => Value::Object(class),
            Value::Func(func) => {
                let it = &self.package.funcs[func];
                if !plain_decorators(it.def) {
                    Value::Unknown
                } else if it.def.is_async && !it.is_generator {
                    Value::Coroutine(func)
                } else if it.is_generator {
                    Value::Unknown
                } else {
                    self.returned(func, steps)
                }
            }
            _ => Value::Unknown,
        }
    }

    /// Whether what the call reads or writes is a buffer in memory: `tarfile.open(fileobj=BytesIO(text))`.
    pub fn is_in_memory(&self, call: &ast::ExprCall, scope: ScopeId, steps: u8) -> bool {
        let named = call.arguments.keywords.iter().filter(|keyword| {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            matches!(name, "fileobj" | "file" | "filename" | "filepath_or_buffer" | "fname" | "src" | "path_or_buf")
        });
        let mut given = call.arguments.args.first().into_iter().chain(named.map(|keyword| &keyword.value));
        given.any(|expr| match self.eval(expr, scope, steps) {
            Value::Instance(class) => matches!(class.as_ref(), "io.BytesIO" | "io.StringIO"),
            _ => false,
        })
    }

    pub(super) fn returned(&self, func: FuncId, steps: u8) -> Value {
        let it = &self.package.funcs[func];
        match &it.def.returns {
            Some(annotation) if !it.is_generator => match annotation.as_ref() {
                Expr::Name(name) if name.id.as_str() == "Self" => it.class.map_or(Value::Unknown, Value::Object),
                _ => self.annotation(annotation, it.scope, steps),
            },
            _ => Value::Unknown,
        }
    }
}

/// Whether an argument names it: `socket.SOCK_DGRAM`.
fn mentions(call: &ast::ExprCall, word: &str) -> bool {
    let named = call.arguments.keywords.iter().map(|keyword| &keyword.value);
    call.arguments.args.iter().chain(named).any(|expr| match expr {
        Expr::Name(name) => name.id.as_str() == word,
        Expr::Attribute(attribute) => attribute.attr.as_str() == word,
        _ => false,
    })
}
