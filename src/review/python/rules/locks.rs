//! Locks of threads held in async code.

use crate::review::finding::Severity;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        if !func.def.is_async {
            continue;
        }
        body::walk(&func.def.body, &mut |node| {
            let Node::Stmt(Stmt::With(with)) = node else { return };
            if with.is_async {
                return;
            }
            for item in &with.items {
                let Some(class) = check.values.instance(&item.context_expr, func.scope) else { continue };
                let is_lock = matches!(
                    class.as_ref(),
                    "threading.Lock"
                        | "threading.RLock"
                        | "threading.Condition"
                        | "threading.Semaphore"
                        | "threading.BoundedSemaphore"
                        | "multiprocessing.Lock"
                        | "multiprocessing.RLock"
                        | "filelock.FileLock"
                );
                if !is_lock {
                    continue;
                }
                let subject = check.text(func.module, &item.context_expr);
                let range = item.context_expr.range();
                let by_hand = super::blocking::driven_by_hand(check.source(func.module));
                if by_hand {
                    check.report_as(func.module, "blocking-lock", Severity::Note, range, subject, Vec::new());
                } else if body::has_await(&with.body) || body::has_yield(&with.body) {
                    check.report(func.module, "lock-across-await", range, subject);
                } else {
                    // A short section with no await is how such a lock may be used; others can still hold it for long.
                    check.report_as(func.module, "blocking-lock", Severity::Note, range, subject, Vec::new());
                }
            }
        });
    }
}
