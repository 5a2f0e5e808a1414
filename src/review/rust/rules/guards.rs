//! Guards of threads' locks held across an await. tokio's own guards are made for that.

use super::super::walk::{Place, Walker};
use crate::review::finding::Severity;

/// Looks at what is held where the function is suspended.
pub fn at_await(walker: &mut Walker, _: &syn::ExprAwait) {
    if walker.context.place != Place::Async {
        return;
    }
    let level = walker.context.level;
    let held: Vec<(String, proc_macro2::Span, bool)> = walker
        .vars
        .iter()
        .filter_map(|var| {
            let held = var.guard.filter(|held| held.level == level)?;
            (held.alive || held.dropped_after_use).then(|| (var.name.clone(), held.span, held.alive))
        })
        .collect();
    for (name, span, alive) in held {
        // Released in time, yet the compiler counts it: such a future is not `Send`.
        let severity = if alive { Severity::Failure } else { Severity::Note };
        once(walker, severity, span, name);
    }
    if let Some(span) = walker.temporaries.first().copied() {
        once(walker, Severity::Failure, span, "guard".to_owned());
    }
}

fn once(walker: &mut Walker, severity: Severity, span: proc_macro2::Span, name: String) {
    let range = span.byte_range();
    let known =
        walker.found.iter_mut().find(|found| found.rule == "lock-across-await" && found.span.byte_range() == range);
    match known {
        Some(known) => known.severity = known.severity.max(severity),
        None => walker.report_as("lock-across-await", severity, span, name),
    }
}
