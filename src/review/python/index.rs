//! What a package's files define: scopes, names, functions, classes.
//!
//! ```text
//! Package
//!  ├─ Module      a file: dotted name, scope, names bound anywhere in it
//!  ├─ Scope       a module's, class's or function's names, each with its bindings
//!  ├─ Func        a function or method, with its scope
//!  └─ Class       a class, its bases, methods, and what `self.x = ...` assigns
//! ```

use ruff_python_ast as ast;
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

pub type ModuleId = usize;
pub type ScopeId = usize;
pub type FuncId = usize;
pub type ClassId = usize;

/// All files that are looked at together.
#[derive(Default)]
pub struct Package<'a> {
    pub modules: Vec<Module<'a>>,
    pub scopes: Vec<Scope<'a>>,
    pub funcs: Vec<Func<'a>>,
    pub classes: Vec<Class<'a>>,
    /// Dotted module names, also without their outermost packages, as scripts import them.
    pub by_dotted: FxHashMap<String, ModuleId>,
}

pub struct Module<'a> {
    /// Index of the file.
    pub file: usize,
    /// `package.module`.
    pub dotted: String,
    pub is_package: bool,
    pub body: &'a [Stmt],
    pub scope: ScopeId,
    /// Names that some scope of the file binds to something that is not an import.
    pub bound: FxHashSet<&'a str>,
    /// Modules whose names are all imported.
    pub stars: Vec<String>,
    /// The first components of everything imported: `asyncio`, `trio`.
    pub imports: FxHashSet<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    Module,
    Class(ClassId),
    Function(FuncId),
}

pub struct Scope<'a> {
    pub kind: ScopeKind,
    pub parent: Option<ScopeId>,
    pub module: ModuleId,
    pub names: FxHashMap<&'a str, Vec<Bound<'a>>>,
}

/// A binding, and the block in which it stands.
#[derive(Clone, Copy)]
pub struct Bound<'a> {
    pub at: TextSize,
    pub block: TextRange,
    pub binding: Binding<'a>,
}

#[derive(Clone, Copy)]
pub enum Binding<'a> {
    /// `import a.b` (the first name) or `import a.b as c` (the whole).
    Import(&'a ast::Alias),
    From(&'a ast::StmtImportFrom, &'a ast::Alias),
    Func(FuncId),
    Class(ClassId),
    Value(&'a Expr),
    Annotated(&'a Expr, Option<&'a Expr>),
    Param(Option<&'a Expr>),
    /// The first parameter of a method.
    SelfOf(ClassId),
    /// `with X as name`.
    With(&'a Expr),
    Opaque,
}

pub struct Func<'a> {
    pub def: &'a ast::StmtFunctionDef,
    pub module: ModuleId,
    pub scope: ScopeId,
    pub class: Option<ClassId>,
    pub parent: Option<FuncId>,
    pub is_generator: bool,
}

impl Func<'_> {
    pub fn name(&self) -> &str {
        self.def.name.as_str()
    }
}

pub struct Class<'a> {
    pub def: &'a ast::StmtClassDef,
    /// The scope in which the class stands.
    pub outer: ScopeId,
    pub scope: ScopeId,
    pub methods: FxHashMap<&'a str, FuncId>,
    /// `self.name = value` in any method, with the scope of the method.
    pub attributes: FxHashMap<&'a str, Vec<(ScopeId, Binding<'a>)>>,
}

/// Adds a module to the package.
///
/// `longer` are names with folders in front that are no packages by themselves: `services.db` of `services/db.py`.
pub fn add_module<'a>(
    package: &mut Package<'a>,
    file: usize,
    (dotted, longer): (String, Vec<String>),
    is_package: bool,
    body: &'a [Stmt],
) {
    let id = package.modules.len();
    let scope = package.scopes.len();
    package.scopes.push(Scope { kind: ScopeKind::Module, parent: None, module: id, names: FxHashMap::default() });
    package.modules.push(Module {
        file,
        dotted: dotted.clone(),
        is_package,
        body,
        scope,
        bound: FxHashSet::default(),
        stars: Vec::new(),
        imports: FxHashSet::default(),
    });
    for name in std::iter::once(dotted).chain(longer) {
        package.by_dotted.entry(name).or_insert(id);
    }
    let block = TextRange::new(TextSize::new(0), TextSize::new(u32::MAX));
    Indexer { package, module: id }.body(body, scope, block);
}

struct Indexer<'p, 'a> {
    package: &'p mut Package<'a>,
    module: ModuleId,
}

impl<'a> Indexer<'_, 'a> {
    fn bind(&mut self, scope: ScopeId, name: &'a str, at: TextSize, block: TextRange, binding: Binding<'a>) {
        if !matches!(binding, Binding::Import(_) | Binding::From(..)) {
            self.package.modules[self.module].bound.insert(name);
        }
        self.package.scopes[scope].names.entry(name).or_default().push(Bound { at, block, binding });
    }

    fn body(&mut self, body: &'a [Stmt], scope: ScopeId, block: TextRange) {
        for stmt in body {
            self.stmt(stmt, scope, block);
        }
    }

    fn block(&mut self, body: &'a [Stmt], scope: ScopeId) {
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            self.body(body, scope, TextRange::new(first.start(), last.end()));
        }
    }

    fn stmt(&mut self, stmt: &'a Stmt, scope: ScopeId, block: TextRange) {
        match stmt {
            Stmt::FunctionDef(def) => self.function(def, scope, block),
            Stmt::ClassDef(def) => self.class(def, scope, block),
            Stmt::Import(import) => {
                for alias in &import.names {
                    let first = alias.name.as_str().split('.').next().unwrap_or_default();
                    self.package.modules[self.module].imports.insert(first.to_owned());
                    let name = alias.asname.as_ref().map_or(first, |name| name.as_str());
                    self.bind(scope, name, stmt.start(), block, Binding::Import(alias));
                }
            }
            Stmt::ImportFrom(import) => {
                if let (Some(module), 0) = (&import.module, import.level) {
                    let first = module.as_str().split('.').next().unwrap_or_default().to_owned();
                    self.package.modules[self.module].imports.insert(first);
                }
                for alias in &import.names {
                    if alias.name.as_str() == "*" {
                        let module = from_module(&self.package.modules[self.module], import);
                        self.package.modules[self.module].stars.push(module);
                        continue;
                    }
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.bind(scope, name, stmt.start(), block, Binding::From(import, alias));
                }
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.target(target, scope, block, Binding::Value(&assign.value), stmt.start());
                }
            }
            Stmt::AnnAssign(assign) => {
                let binding = Binding::Annotated(&assign.annotation, assign.value.as_deref());
                self.target(&assign.target, scope, block, binding, stmt.start());
            }
            Stmt::AugAssign(assign) => self.target(&assign.target, scope, block, Binding::Opaque, stmt.start()),
            Stmt::For(each) => {
                self.target(&each.target, scope, each.range, Binding::Opaque, stmt.start());
                self.block(&each.body, scope);
                self.block(&each.orelse, scope);
            }
            Stmt::While(each) => {
                self.walrus(&each.test, scope, block);
                self.block(&each.body, scope);
                self.block(&each.orelse, scope);
            }
            Stmt::If(branch) => {
                self.walrus(&branch.test, scope, block);
                self.block(&branch.body, scope);
                for clause in &branch.elif_else_clauses {
                    self.block(&clause.body, scope);
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    if let Some(target) = &item.optional_vars {
                        self.target(target, scope, block, Binding::With(&item.context_expr), item.start());
                    }
                }
                // What a with statement's body binds is bound behind it too.
                self.body(&with.body, scope, block);
            }
            Stmt::Try(attempt) => {
                self.block(&attempt.body, scope);
                for ast::ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    if let Some(name) = &handler.name {
                        self.bind(scope, name.as_str(), handler.start(), handler.range, Binding::Opaque);
                    }
                    self.block(&handler.body, scope);
                }
                self.block(&attempt.orelse, scope);
                self.block(&attempt.finalbody, scope);
            }
            Stmt::Match(choice) => {
                for case in &choice.cases {
                    let mut names = Vec::new();
                    pattern_names(&case.pattern, &mut names);
                    for name in names {
                        self.bind(scope, name.as_str(), case.start(), case.range, Binding::Opaque);
                    }
                    self.block(&case.body, scope);
                }
            }
            Stmt::Expr(expr) => self.walrus(&expr.value, scope, block),
            _ => {}
        }
    }

    fn walrus(&mut self, expr: &'a Expr, scope: ScopeId, block: TextRange) {
        match expr {
            Expr::Named(named) => {
                self.target(&named.target, scope, block, Binding::Value(&named.value), expr.start());
            }
            Expr::BoolOp(op) => op.values.iter().for_each(|value| self.walrus(value, scope, block)),
            Expr::UnaryOp(op) => self.walrus(&op.operand, scope, block),
            Expr::Compare(op) => self.walrus(&op.left, scope, block),
            _ => {}
        }
    }

    fn target(&mut self, target: &'a Expr, scope: ScopeId, block: TextRange, binding: Binding<'a>, at: TextSize) {
        match target {
            Expr::Name(name) => self.bind(scope, name.id.as_str(), at, block, binding),
            Expr::Attribute(attribute) => {
                let Expr::Name(base) = attribute.value.as_ref() else { return };
                let Some(bounds) = self.package.scopes[scope].names.get(base.id.as_str()) else { return };
                let Some(Binding::SelfOf(class)) = bounds.first().map(|bound| bound.binding) else { return };
                let attributes = &mut self.package.classes[class].attributes;
                attributes.entry(attribute.attr.as_str()).or_default().push((scope, binding));
            }
            Expr::Tuple(tuple) => {
                let values = match binding {
                    Binding::Value(Expr::Tuple(values)) if values.elts.len() == tuple.elts.len() => Some(&values.elts),
                    _ => None,
                };
                for (nth, element) in tuple.elts.iter().enumerate() {
                    let binding = values.map_or(Binding::Opaque, |values| Binding::Value(&values[nth]));
                    self.target(element, scope, block, binding, at);
                }
            }
            Expr::List(list) => {
                list.elts.iter().for_each(|element| self.target(element, scope, block, Binding::Opaque, at));
            }
            Expr::Starred(starred) => self.target(&starred.value, scope, block, Binding::Opaque, at),
            _ => {}
        }
    }

    fn function(&mut self, def: &'a ast::StmtFunctionDef, outer: ScopeId, block: TextRange) {
        let id = self.package.funcs.len();
        let scope = self.package.scopes.len();
        let (class, parent) = match self.package.scopes[outer].kind {
            ScopeKind::Class(class) => (Some(class), None),
            ScopeKind::Function(parent) => (None, Some(parent)),
            ScopeKind::Module => (None, None),
        };
        self.package.scopes.push(Scope {
            kind: ScopeKind::Function(id),
            parent: Some(outer),
            module: self.module,
            names: FxHashMap::default(),
        });
        self.package.funcs.push(Func {
            def,
            module: self.module,
            scope,
            class,
            parent,
            is_generator: super::body::has_yield(&def.body),
        });
        if let Some(class) = class {
            self.package.classes[class].methods.insert(def.name.as_str(), id);
        }
        self.bind(outer, def.name.as_str(), def.start(), block, Binding::Func(id));
        let is_static = def.decorator_list.iter().any(
            |decorator| matches!(&decorator.expression, Expr::Name(name) if matches!(name.id.as_str(), "staticmethod")),
        );
        let whole = def.range;
        let parameters = &def.parameters;
        let all = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        for (nth, parameter) in all.enumerate() {
            let binding = match class {
                Some(class) if nth == 0 && !is_static => Binding::SelfOf(class),
                _ => Binding::Param(parameter.parameter.annotation.as_deref()),
            };
            self.bind(scope, parameter.name().as_str(), parameter.start(), whole, binding);
        }
        for parameter in parameters.vararg.iter().chain(parameters.kwarg.iter()) {
            self.bind(scope, parameter.name.as_str(), parameter.start(), whole, Binding::Opaque);
        }
        self.body(&def.body, scope, whole);
    }

    fn class(&mut self, def: &'a ast::StmtClassDef, outer: ScopeId, block: TextRange) {
        let id = self.package.classes.len();
        let scope = self.package.scopes.len();
        self.package.scopes.push(Scope {
            kind: ScopeKind::Class(id),
            parent: Some(outer),
            module: self.module,
            names: FxHashMap::default(),
        });
        self.package.classes.push(Class {
            def,
            outer,
            scope,
            methods: FxHashMap::default(),
            attributes: FxHashMap::default(),
        });
        self.bind(outer, def.name.as_str(), def.start(), block, Binding::Class(id));
        self.body(&def.body, scope, def.range);
    }
}

/// The dotted name of the module that a `from` import names.
pub fn from_module(module: &Module, import: &ast::StmtImportFrom) -> String {
    let named = import.module.as_ref().map_or("", |name| name.as_str());
    if import.level == 0 {
        return named.to_owned();
    }
    let mut parts: Vec<&str> = module.dotted.split('.').collect();
    let up = import.level as usize - usize::from(module.is_package);
    parts.truncate(parts.len().saturating_sub(up));
    if !named.is_empty() {
        parts.push(named);
    }
    parts.join(".")
}

fn pattern_names<'a>(pattern: &'a ast::Pattern, names: &mut Vec<&'a ast::Identifier>) {
    match pattern {
        ast::Pattern::MatchAs(one) => {
            names.extend(&one.name);
            if let Some(inner) = &one.pattern {
                pattern_names(inner, names);
            }
        }
        ast::Pattern::MatchStar(one) => names.extend(&one.name),
        ast::Pattern::MatchSequence(many) => many.patterns.iter().for_each(|inner| pattern_names(inner, names)),
        ast::Pattern::MatchOr(many) => many.patterns.iter().for_each(|inner| pattern_names(inner, names)),
        ast::Pattern::MatchMapping(many) => {
            names.extend(&many.rest);
            many.patterns.iter().for_each(|inner| pattern_names(inner, names));
        }
        ast::Pattern::MatchClass(class) => {
            class.arguments.patterns.iter().for_each(|inner| pattern_names(inner, names));
            class.arguments.keywords.iter().for_each(|inner| pattern_names(&inner.pattern, names));
        }
        _ => {}
    }
}
