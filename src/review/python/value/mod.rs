//! What an expression stands for: followed through imports, aliases, assignments, annotations and attributes.

mod annotations;
mod attributes;
mod calls;

use super::index::{Binding, Bound, ClassId, FuncId, ModuleId, Package, ScopeId, ScopeKind, from_module};
use super::tables::Tables;
use ruff_python_ast::{self as ast, Expr, Operator};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// What an expression stands for, as far as the text tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Unknown,
    /// `None`; a name bound to it and to one other thing stands for the other thing.
    Nothing,
    /// Something outside the package, by its dotted name: `time.sleep`, `queue.Queue.get`.
    Path(Rc<str>),
    /// An instance of an outside class.
    Instance(Rc<str>),
    Func(FuncId),
    Class(ClassId),
    /// An instance of a class of the package.
    Object(ClassId),
    Module(ModuleId),
    /// What calling an `async def` of the package gives.
    Coroutine(FuncId),
    /// What calling an outside coroutine function gives.
    OutsideCoroutine(Rc<str>),
    /// A list display or comprehension.
    List,
}

/// How far chains of names are followed.
const STEPS: u8 = 24;

/// Evaluates expressions of one package.
pub struct Values<'p, 'a> {
    pub package: &'p Package<'a>,
    pub tables: &'p Tables,
    cache: RefCell<FxHashMap<(usize, ScopeId), Value>>,
}

impl<'p, 'a> Values<'p, 'a> {
    pub fn new(package: &'p Package<'a>, tables: &'p Tables) -> Self {
        Values { package, tables, cache: RefCell::default() }
    }

    /// What the expression stands for in a scope.
    pub fn of(&self, expr: &Expr, scope: ScopeId) -> Value {
        let key = (std::ptr::from_ref(expr) as usize, scope);
        if let Some(value) = self.cache.borrow().get(&key) {
            return value.clone();
        }
        let value = self.eval(expr, scope, STEPS);
        self.cache.borrow_mut().insert(key, value.clone());
        value
    }

    /// The dotted name of an outside thing, when the expression is one.
    pub fn path(&self, expr: &Expr, scope: ScopeId) -> Option<Rc<str>> {
        match self.of(expr, scope) {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The class of an instance from outside the package.
    pub fn instance(&self, expr: &Expr, scope: ScopeId) -> Option<Rc<str>> {
        match self.of(expr, scope) {
            Value::Instance(class) => Some(class),
            _ => None,
        }
    }

    fn eval(&self, expr: &Expr, scope: ScopeId, steps: u8) -> Value {
        let Some(steps) = steps.checked_sub(1) else { return Value::Unknown };
        match expr {
            Expr::Name(name) => self.name(name.id.as_str(), scope, name.start(), steps),
            Expr::Attribute(attribute) => {
                let base = self.eval(&attribute.value, scope, steps);
                self.attribute(base, attribute.attr.as_str(), steps)
            }
            Expr::Call(call) => self.call(call, scope, steps),
            Expr::Await(awaited) => match self.eval(&awaited.value, scope, steps) {
                Value::Coroutine(func) => self.returned(func, steps),
                Value::OutsideCoroutine(path) => self.tables.awaited_type(&path).map_or(Value::Unknown, instance),
                _ => Value::Unknown,
            },
            Expr::BinOp(op) if op.op == Operator::Div => {
                let left = self.eval(&op.left, scope, steps);
                if left == Value::Instance("pathlib.Path".into()) { left } else { Value::Unknown }
            }
            Expr::Named(named) => self.eval(&named.value, scope, steps),
            Expr::If(branch) => {
                let (one, other) = (self.eval(&branch.body, scope, steps), self.eval(&branch.orelse, scope, steps));
                agree([one, other])
            }
            Expr::BoolOp(op) => agree(op.values.iter().map(|value| self.eval(value, scope, steps))),
            Expr::NoneLiteral(_) => Value::Nothing,
            Expr::List(_) | Expr::ListComp(_) => Value::List,
            Expr::Subscript(subscript) => {
                // `asyncio.Queue[int]()` builds what `asyncio.Queue()` builds.
                match self.eval(&subscript.value, scope, steps) {
                    Value::Path(path) if last_is_class(&path) => Value::Path(path),
                    Value::Class(class) => Value::Class(class),
                    _ => Value::Unknown,
                }
            }
            _ => Value::Unknown,
        }
    }

    fn name(&self, name: &str, scope: ScopeId, at: TextSize, steps: u8) -> Value {
        let module = self.package.scopes[scope].module;
        let mut current = Some(scope);
        while let Some(id) = current {
            let here = &self.package.scopes[id];
            current = here.parent;
            if id != scope && matches!(here.kind, ScopeKind::Class(_)) {
                continue;
            }
            let Some(bounds) = here.names.get(name) else { continue };
            let bounds: Vec<&Bound> = match here.kind {
                ScopeKind::Function(_) if id == scope => reaching(bounds, at),
                _ => bounds.iter().collect(),
            };
            if bounds.iter().all(|bound| matches!(bound.binding, Binding::Import(_) | Binding::From(..))) {
                // `try: import a as x / except ImportError: import b as x`
                return bounds.first().map_or(Value::Unknown, |bound| self.bound(bound.binding, id, steps));
            }
            // Guards against a name that is bound to itself, `open = wrap(open)`.
            return agree(bounds.iter().map(|bound| match bound.binding {
                Binding::Value(Expr::Name(other)) if other.id.as_str() == name => Value::Unknown,
                binding => self.bound(binding, id, steps),
            }));
        }
        let module = &self.package.modules[module];
        if module.bound.contains(name) {
            return Value::Unknown;
        }
        for star in &module.stars {
            if let Some(other) = self.package.by_dotted.get(star.as_str()) {
                let value = self.member(*other, name, steps);
                if value != Value::Unknown {
                    return value;
                }
            } else if self.tables.knows(&format!("{star}.{name}")) {
                return Value::Path(format!("{star}.{name}").into());
            }
        }
        match name {
            "open" | "input" | "print" | "super" | "isinstance" | "list" | "tuple" | "map" | "filter"
            | "BaseException" | "Exception" | "TimeoutError" | "ExceptionGroup" | "BaseExceptionGroup" => {
                Value::Path(format!("builtins.{name}").into())
            }
            // A name that nothing binds: a piece of a program, read as if it had its import.
            _ => Value::Path(name.into()),
        }
    }

    fn member(&self, module: ModuleId, name: &str, steps: u8) -> Value {
        let Some(steps) = steps.checked_sub(1) else { return Value::Unknown };
        let module = &self.package.modules[module];
        if let Some(bounds) = self.package.scopes[module.scope].names.get(name) {
            return agree(bounds.iter().map(|bound| self.bound(bound.binding, module.scope, steps)));
        }
        if let Some(inner) = self.package.by_dotted.get(&format!("{}.{name}", module.dotted)) {
            return Value::Module(*inner);
        }
        for star in &module.stars {
            if let Some(other) = self.package.by_dotted.get(star.as_str()) {
                let value = self.member(*other, name, steps);
                if value != Value::Unknown {
                    return value;
                }
            }
        }
        Value::Unknown
    }

    fn bound(&self, binding: Binding, scope: ScopeId, steps: u8) -> Value {
        let Some(steps) = steps.checked_sub(1) else { return Value::Unknown };
        let module = &self.package.modules[self.package.scopes[scope].module];
        match binding {
            Binding::Import(alias) => {
                let dotted = alias.name.as_str();
                let dotted = if alias.asname.is_some() { dotted } else { dotted.split('.').next().unwrap_or(dotted) };
                self.dotted(dotted)
            }
            Binding::From(import, alias) => {
                let from = from_module(module, import);
                let name = alias.name.as_str();
                if let Some(inner) = self.package.by_dotted.get(&format!("{from}.{name}")) {
                    return Value::Module(*inner);
                }
                match self.package.by_dotted.get(&from) {
                    Some(other) if self.package.modules[*other].scope != scope => self.member(*other, name, steps),
                    _ if import.level > 0 => Value::Unknown,
                    _ => Value::Path(self.tables.canonical(&format!("{from}.{name}"))),
                }
            }
            Binding::Func(func) => Value::Func(func),
            Binding::Class(class) => Value::Class(class),
            Binding::Value(expr) => self.eval(expr, scope, steps),
            Binding::Annotated(annotation, value) => match self.annotation(annotation, scope, steps) {
                // The value tells more: that the queue has no bound.
                Value::Instance(class) if class.starts_with("queue.") => {
                    match value.map(|value| self.eval(value, scope, steps)) {
                        Some(Value::Instance(made)) => Value::Instance(made),
                        _ => Value::Instance(class),
                    }
                }
                Value::Unknown => value.map_or(Value::Unknown, |value| self.eval(value, scope, steps)),
                known => known,
            },
            Binding::Param(annotation) => {
                annotation.map_or(Value::Unknown, |annotation| self.annotation(annotation, scope, steps))
            }
            Binding::SelfOf(class) => Value::Object(class),
            Binding::With(expr) => match self.eval(expr, scope, steps) {
                Value::OutsideCoroutine(path) => self.tables.awaited_type(&path).map_or(Value::Unknown, instance),
                Value::Object(class) if self.method(class, "__enter__", steps).is_some() => Value::Object(class),
                Value::Object(class) if self.method(class, "__aenter__", steps).is_some() => Value::Object(class),
                Value::Object(_) => Value::Unknown,
                other => other,
            },
            Binding::Opaque => Value::Unknown,
        }
    }

    fn dotted(&self, dotted: &str) -> Value {
        match self.package.by_dotted.get(dotted) {
            Some(module) => Value::Module(*module),
            None => Value::Path(self.tables.canonical(dotted)),
        }
    }
}

/// Whether a function is what its body says: decorated by nothing that could move it to a thread or wrap its result.
pub fn plain_decorators(def: &ast::StmtFunctionDef) -> bool {
    def.decorator_list.iter().all(|decorator| {
        let name = match &decorator.expression {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            Expr::Call(call) => match call.func.as_ref() {
                Expr::Name(name) => name.id.as_str(),
                Expr::Attribute(attribute) => attribute.attr.as_str(),
                _ => return false,
            },
            _ => return false,
        };
        matches!(
            name,
            "staticmethod"
                | "classmethod"
                | "override"
                | "overload"
                | "abstractmethod"
                | "final"
                | "lru_cache"
                | "cache"
                | "wraps"
                | "deprecated"
                | "typechecked"
        )
    })
}

fn instance(class: &str) -> Value {
    Value::Instance(class.into())
}

fn last_is_class(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    last.trim_start_matches('_').starts_with(|letter: char| letter.is_ascii_uppercase())
        && last.chars().any(|letter| letter.is_ascii_lowercase())
}

/// One value that all agree on; `None` gives way to anything else.
fn agree(values: impl IntoIterator<Item = Value>) -> Value {
    let mut result: Option<Value> = None;
    for value in values {
        match (&result, value) {
            (_, Value::Unknown) => return Value::Unknown,
            (None | Some(Value::Nothing), value) => result = Some(value),
            (Some(_), Value::Nothing) => {}
            (Some(known), value) if *known == value => {}
            _ => return Value::Unknown,
        }
    }
    result.unwrap_or(Value::Unknown)
}

/// The bindings that can reach a use: the last one before it in a block around it, and those after that.
fn reaching<'b, 'a>(bounds: &'b [Bound<'a>], at: TextSize) -> Vec<&'b Bound<'a>> {
    let before: Vec<&Bound> = bounds.iter().filter(|bound| bound.at < at).collect();
    if before.is_empty() {
        return bounds.iter().collect();
    }
    let sure = before.iter().rposition(|bound| bound.block.start() <= at && at <= bound.block.end());
    before[sure.unwrap_or(0)..].to_vec()
}
