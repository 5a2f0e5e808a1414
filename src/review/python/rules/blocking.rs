//! Blocking calls reached from async code, directly or through sync helpers of the package.

use crate::review::finding::Severity;
use crate::review::python::calls::{Calls, Spot};
use crate::review::python::check::Check;
use crate::review::python::index::ScopeId;
use ruff_text_size::Ranged;

pub(super) fn check(check: &Check) {
    let mut calls = Calls::new(check);
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        if !func.def.is_async {
            continue;
        }
        let spot = Spot::of(&func.def.body);
        let sockets_do_not_block = nonblocking_sockets(check.source(func.module));
        let in_test =
            check.is_test_file(func.module) || (check.is_in_tests(func.module) && func.name().starts_with("test"));
        for call in &spot.calls {
            let Some(witness) = calls.blocks(call, func.scope, spot.is_released(call)) else { continue };
            if sockets_do_not_block && (witness.rule == "blocking-socket" || is_descriptor(&witness.path)) {
                continue;
            }
            // A test that blocks harms only itself. Who asks whether a queue is empty, or a process
            // still runs, mostly does not wait then.
            let asks_first = is_get(&witness.path) && check.text_of(func).contains(".empty()")
                || witness.path == ["subprocess.Popen.wait"] && check.text_of(func).contains(".poll()");
            let by_hand = driven_by_hand(check.source(func.module));
            let harmless = in_test || asks_first || by_hand || spot.is_lazy(call, &witness);
            let severity = if harmless { Severity::Note } else { witness.severity };
            let subject = witness.path.last().cloned().unwrap_or_default();
            let path = std::iter::once(func.name().to_owned()).chain(witness.path).collect();
            check.report_as(func.module, witness.rule, severity, call.range(), subject, path);
        }
        for each in &spot.loops {
            if is_file(check, &each.iter, func.scope) {
                let path = vec![func.name().to_owned(), "file.readline".to_owned()];
                let subject = "file.readline".to_owned();
                check.report_as(func.module, "blocking-file", Severity::Failure, each.iter.range(), subject, path);
            }
        }
    }
}

fn is_file(check: &Check, expr: &ruff_python_ast::Expr, scope: ScopeId) -> bool {
    check.values.instance(expr, scope).is_some_and(|class| class.as_ref() == "io.File")
}

fn is_get(path: &[String]) -> bool {
    path.last().is_some_and(|last| last.starts_with("queue.") && last.ends_with(".get"))
}

fn is_descriptor(path: &[String]) -> bool {
    path.last().is_some_and(|last| matches!(last.as_str(), "os.read" | "os.write"))
}

/// Whether the file puts its sockets or pipes into non-blocking mode; their calls then return at once.
pub(in crate::review::python) fn nonblocking_sockets(text: &str) -> bool {
    ["setblocking(False)", "setblocking(0)", "settimeout(0", "set_blocking(", "O_NONBLOCK"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether the file runs its coroutines by hand, with no loop: a library that makes its sync client of its async one.
pub(in crate::review::python) fn driven_by_hand(text: &str) -> bool {
    text.contains(".send(None)") && text.contains("except StopIteration")
}
