//! What a sync function blocks on, followed through the functions it calls.

use super::body::{self, Node};
use super::check::Check;
use super::index::{Binding, FuncId, ScopeId, ScopeKind};
use super::value::{Value, plain_decorators};
use crate::review::finding::Severity;
use ruff_python_ast::{self as ast, Expr, Number, Stmt};
use ruff_text_size::Ranged;
use rustc_hash::FxHashSet;

/// Why calling something blocks.
#[derive(Debug, Clone)]
pub struct Witness {
    pub rule: &'static str,
    pub severity: Severity,
    /// From the function called to the call that blocks.
    pub path: Vec<String>,
}

/// The answers for the functions of a package, each found once.
pub struct Calls<'c, 'p, 'a> {
    check: &'c Check<'p, 'a>,
    known: Vec<State>,
}

#[derive(Clone)]
enum State {
    New,
    Busy,
    Known(Option<Witness>),
}

/// Calls of a body that happen there, and those of them that are awaited or otherwise not waited for on the spot.
#[derive(Default)]
pub struct Spot<'a> {
    pub calls: Vec<&'a ast::ExprCall>,
    pub released: FxHashSet<usize>,
    /// Iterated files: `for line in file`.
    pub loops: Vec<&'a ast::StmtFor>,
    /// Calls whose result is iterated or given to another call.
    pub consumed: FxHashSet<usize>,
}

impl<'a> Spot<'a> {
    pub fn of(body: &'a [Stmt]) -> Spot<'a> {
        let mut spot = Spot::default();
        body::walk(body, &mut |node| match node {
            Node::Expr(Expr::Call(call)) => {
                spot.calls.push(call);
                spot.consumed.extend(call.arguments.args.iter().map(address));
            }
            Node::Expr(Expr::ListComp(comp)) => {
                spot.consumed.extend(comp.generators.iter().map(|each| address(&each.iter)))
            }
            Node::Expr(Expr::SetComp(comp)) => {
                spot.consumed.extend(comp.generators.iter().map(|each| address(&each.iter)))
            }
            Node::Expr(Expr::DictComp(comp)) => {
                spot.consumed.extend(comp.generators.iter().map(|each| address(&each.iter)))
            }
            Node::Expr(Expr::Generator(comp)) => {
                spot.consumed.extend(comp.generators.iter().map(|each| address(&each.iter)))
            }
            Node::Expr(Expr::Await(awaited)) => {
                spot.released.insert(address(&awaited.value));
            }
            Node::Stmt(Stmt::For(each)) if each.is_async => {
                spot.released.insert(address(&each.iter));
            }
            Node::Stmt(Stmt::For(each)) => {
                spot.loops.push(each);
                spot.consumed.insert(address(&each.iter));
            }
            Node::Stmt(Stmt::With(with)) if with.is_async => {
                spot.released.extend(with.items.iter().map(|item| address(&item.context_expr)));
            }
            _ => {}
        });
        spot
    }

    /// Whether the call only makes a generator that nothing here draws from.
    pub fn is_lazy(&self, call: &ast::ExprCall, witness: &Witness) -> bool {
        let lazy = [
            "pathlib.Path.walk",
            "pathlib.Path.iterdir",
            "pathlib.Path.glob",
            "pathlib.Path.rglob",
            "os.walk",
            "os.fwalk",
            "glob.iglob",
        ];
        witness.path.len() == 1
            && lazy.contains(&witness.path[0].as_str())
            && !self.consumed.contains(&(std::ptr::from_ref(call) as usize))
    }

    /// Whether the call is awaited, or the subject of `async with` or `async for`.
    pub fn is_released(&self, call: &ast::ExprCall) -> bool {
        self.released.contains(&(std::ptr::from_ref(call) as usize))
    }
}

fn address(expr: &Expr) -> usize {
    match expr {
        Expr::Call(call) => std::ptr::from_ref(call) as usize,
        other => std::ptr::from_ref(other) as usize,
    }
}

impl<'c, 'p, 'a> Calls<'c, 'p, 'a> {
    pub fn new(check: &'c Check<'p, 'a>) -> Self {
        let known = vec![State::New; check.package.funcs.len()];
        Calls { check, known }
    }

    /// Why this call blocks, if it does. `awaited` calls of methods never do.
    pub fn blocks(&mut self, call: &'a ast::ExprCall, scope: ScopeId, awaited: bool) -> Option<Witness> {
        match self.check.values.of(&call.func, scope) {
            Value::Path(path) => {
                let blocks = self.check.tables.blocks(&path)?;
                let method = path.rsplit('.').nth(1).is_some_and(|class| class.starts_with(char::is_uppercase));
                let in_memory = (reads_what_it_is_given(&path) && self.check.values.is_in_memory(call, scope, 8))
                    || (blocks.rule == "blocking-http" && self.text_of_scope(scope).contains("startswith(\"data:"));
                if (awaited && (method || path.starts_with("builtins."))) || in_memory || does_not_wait(&path, call) {
                    return None;
                }
                let shown = path
                    .strip_prefix("builtins.")
                    .unwrap_or(&path)
                    .replace("io.File.", "file.")
                    .replace("UnboundedQueue", "Queue");
                let severity = self.weight(&path, call, scope, blocks.severity);
                Some(Witness { rule: blocks.rule, severity, path: vec![shown] })
            }
            Value::Func(func) if !awaited && !is_told_not_to_wait(call) => self.enter(func),
            Value::Class(class) if !awaited => {
                let init = self.check.values.method(class, "__init__", 8)?;
                self.enter(init)
            }
            _ => None,
        }
    }

    /// `future.result()` waits only when the work may still run: surely so right behind `submit`, and for a future of this
    /// function that nothing has waited for; a future from elsewhere is mostly done.
    fn weight(&self, path: &str, call: &ast::ExprCall, scope: ScopeId, severity: Severity) -> Severity {
        if path.starts_with("queue.") && path.ends_with(".put") && self.makes_no_bounded_queue(scope) {
            return Severity::Note;
        }
        if !path.starts_with("concurrent.futures.Future.") {
            return severity;
        }
        let Expr::Attribute(attribute) = call.func.as_ref() else { return severity };
        match attribute.value.as_ref() {
            Expr::Call(_) => severity,
            Expr::Name(name) => {
                let here = &self.check.package.scopes[scope];
                let own = here.names.get(name.id.as_str()).is_some_and(|bounds| {
                    bounds.iter().any(|bound| matches!(bound.binding, Binding::Value(Expr::Call(_))))
                });
                let text = self.text_of_scope(scope);
                let name = name.id.as_str();
                let waited = [format!("wrap_future({name}"), format!("{name}.done()"), format!("await {name}")];
                let waited = waited.iter().any(|word| text.contains(word.as_str()))
                    || text.contains("as_completed(")
                    || text.contains("futures.wait(");
                if own && !waited { severity } else { Severity::Note }
            }
            _ => Severity::Note,
        }
    }

    /// Whether the file makes queues, and all of them without a bound, so that putting into one never waits.
    fn makes_no_bounded_queue(&self, scope: ScopeId) -> bool {
        let text = self.check.source(self.check.package.scopes[scope].module);
        let mut made =
            text.match_indices("Queue(").map(|(at, word)| text[at + word.len()..].starts_with(')')).peekable();
        made.peek().is_some() && made.all(|unbounded| unbounded)
    }

    /// The text of the function whose scope this is.
    fn text_of_scope(&self, scope: ScopeId) -> &'p str {
        match self.check.package.scopes[scope].kind {
            ScopeKind::Function(func) => self.check.text_of(&self.check.package.funcs[func]),
            _ => "",
        }
    }

    /// Why calling this sync function blocks, if it does.
    fn enter(&mut self, func: FuncId) -> Option<Witness> {
        let it = &self.check.package.funcs[func];
        if it.def.is_async || !plain_or_context(it.def) || (it.is_generator && plain_decorators(it.def)) {
            return None;
        }
        match &self.known[func] {
            State::Known(witness) => return witness.clone(),
            State::Busy => return None,
            State::New => {}
        }
        self.known[func] = State::Busy;
        let witness = self.look(func);
        self.known[func] = State::Known(witness.clone());
        witness
    }

    fn look(&mut self, func: FuncId) -> Option<Witness> {
        let it = &self.check.package.funcs[func];
        let spot = Spot::of(&it.def.body);
        let quiet = super::rules::nonblocking_sockets(self.check.source(it.module));
        let mut best: Option<Witness> = None;
        let sync_ways = super::colour::sync_ways(&it.def.body);
        for call in &spot.calls {
            let Some(found) = self.blocks(call, it.scope, spot.is_released(call)) else { continue };
            if self.check.is_dead(it.module, call.range()) {
                continue;
            }
            if found.rule == "blocking-socket" && quiet {
                continue;
            }
            let mut found = found;
            // Written for other threads, and who calls it from the loop's own finds out at once; or for callers with no loop.
            if hands_to_loop(call) || sync_ways.iter().any(|way| way.contains_range(call.range())) {
                found.severity = Severity::Note;
            }
            if best.as_ref().is_none_or(|best| found.severity > best.severity) {
                best = Some(found);
            }
        }
        body::walk(&it.def.body, &mut |node| {
            if let Node::Stmt(Stmt::While(each)) = node
                && super::rules::spins(each)
                && only_asks(&each.test)
                && best.as_ref().is_none_or(|best| best.severity < Severity::Failure)
                && !self.check.is_dead(it.module, each.range)
            {
                let path = vec![self.check.text(it.module, each.test.as_ref())];
                best = Some(Witness { rule: "busy-poll", severity: Severity::Failure, path });
            }
        });
        let knows_loops = self.check.text_of(it).contains("get_running_loop(");
        best.map(|mut witness| {
            // A function that asks whether a loop runs blocks where none does.
            if knows_loops {
                witness.severity = Severity::Note;
            }
            // A lock of its own that a helper takes is mostly free; where it is not, the helper is the place to look at.
            if witness.rule == "blocking-lock" && witness.path.last().is_some_and(|last| last.ends_with("ock.acquire"))
            {
                witness.severity = Severity::Note;
            }
            witness.path.insert(0, it.name().to_owned());
            witness
        })
    }
}

/// Whether a condition only looks: `while step(): pass` does its work in the condition.
fn only_asks(test: &Expr) -> bool {
    const ASKS: [&str; 14] = [
        "done",
        "empty",
        "full",
        "locked",
        "poll",
        "exists",
        "ready",
        "running",
        "qsize",
        "len",
        "time",
        "monotonic",
        "perf_counter",
        "get",
    ];
    let mut only = true;
    body::walk_expr(test, &mut |expr| {
        if let Expr::Call(call) = expr {
            let name = Check::last_name(&call.func);
            only &= ASKS.contains(&name) || name.starts_with("is_") || name.starts_with("has_");
        }
    });
    only
}

/// `stop(wait=False)`, `beats(join_on_exit=False)`, `stub(wait=0)`
fn is_told_not_to_wait(call: &ast::ExprCall) -> bool {
    call.arguments.keywords.iter().any(|keyword| {
        let Some(name) = &keyword.arg else { return false };
        let waits = ["wait", "join", "block"].iter().any(|word| name.as_str().contains(word));
        waits
            && match &keyword.value {
                Expr::BooleanLiteral(literal) => !literal.value,
                other => is_zero(other),
            }
    })
}

fn is_zero(expr: &Expr) -> bool {
    match expr {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(int) => int.as_u8() == Some(0),
            Number::Float(float) => *float == 0.0,
            Number::Complex { .. } => false,
        },
        _ => false,
    }
}

/// Whether the call works on the file that it is given, which may be a buffer: not `shutil.copyfileobj`, which has two.
fn reads_what_it_is_given(path: &str) -> bool {
    ["zipfile.", "tarfile.", "gzip.", "bz2.", "lzma.", "pandas.", "numpy."].iter().any(|word| path.starts_with(word))
}

/// `run_coroutine_threadsafe(..).result()`
fn hands_to_loop(call: &ast::ExprCall) -> bool {
    let Expr::Attribute(attribute) = call.func.as_ref() else { return false };
    let Expr::Call(inner) = attribute.value.as_ref() else { return false };
    Check::last_name(&inner.func) == "run_coroutine_threadsafe"
}

fn plain_or_context(def: &ast::StmtFunctionDef) -> bool {
    plain_decorators(def)
        || def.decorator_list.iter().all(|decorator| match &decorator.expression {
            Expr::Name(name) => name.id.as_str() == "contextmanager",
            Expr::Attribute(attribute) => attribute.attr.as_str() == "contextmanager",
            _ => false,
        })
}

/// Whether the arguments say that the call does not wait: `acquire(blocking=False)`, `get(timeout=0)`, `WNOHANG`.
fn does_not_wait(path: &str, call: &ast::ExprCall) -> bool {
    let arguments = &call.arguments;
    let is_false = |expr: &Expr| match expr {
        Expr::BooleanLiteral(literal) => !literal.value,
        _ => false,
    };
    let keyword = |name: &str| {
        let found =
            arguments.keywords.iter().find(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == name));
        found.map(|keyword| &keyword.value)
    };
    if keyword("blocking").is_some_and(is_false)
        || keyword("block").is_some_and(is_false)
        || keyword("timeout").is_some_and(is_zero)
        || keyword("wait").is_some_and(is_false)
    {
        return true;
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    let first_false = arguments.args.first().is_some_and(is_false);
    match last {
        "acquire" | "get" | "shutdown" => first_false,
        // `AI_NUMERICHOST`: nothing is looked up.
        "getaddrinfo" => {
            let mut numeric = false;
            for expr in arguments.args.iter().chain(arguments.keywords.iter().map(|keyword| &keyword.value)) {
                body::walk_expr(expr, &mut |expr| numeric |= Check::last_name(expr).contains("NUMERIC"));
            }
            numeric
        }
        "put" => arguments.args.get(1).is_some_and(is_false),
        // A time-out that the caller gives is often zero.
        "select" => arguments.args.get(3).is_some_and(|limit| is_zero(limit) || matches!(limit, Expr::Name(_))),
        "poll" => arguments.args.first().is_some_and(|limit| is_zero(limit) || matches!(limit, Expr::Name(_))),
        "wait" | "join" | "result" => arguments.args.first().is_some_and(is_zero),
        "waitpid" | "wait3" | "wait4" | "waitid" => arguments.args.iter().any(|arg| {
            let mut found = false;
            body::walk_expr(arg, &mut |expr| found |= Check::last_name(expr) == "WNOHANG");
            found
        }),
        // `redis.asyncio` and `pymongo` clients share names with the sync ones only through their own modules.
        _ => false,
    }
}
