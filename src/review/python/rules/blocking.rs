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
        let in_test = check.is_test(func);
        for call in &spot.calls {
            let Some(witness) = calls.blocks(call, func.scope, spot.is_released(call)) else { continue };
            if witness.rule == "blocking-socket" && sockets_do_not_block {
                continue;
            }
            // A test that blocks harms only itself.
            let severity = if in_test { Severity::Note } else { witness.severity };
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

/// Whether the file puts its sockets into non-blocking mode; their calls then return at once.
pub(in crate::review::python) fn nonblocking_sockets(text: &str) -> bool {
    text.contains("setblocking(False)") || text.contains("setblocking(0)") || text.contains("settimeout(0")
}
