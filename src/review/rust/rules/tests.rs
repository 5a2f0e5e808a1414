//! Async tests: marked so that they run, and able to fail.

use super::super::index::Func;
use super::super::walk::{Found, Walker};
use crate::review::finding::Severity;
use syn::spanned::Spanned;

/// Looks at a function that may be a test.
pub fn function(walker: &Walker, called: &rustc_hash::FxHashSet<usize>, id: usize) -> Vec<Found> {
    let func = walker.func;
    let mut found = Vec::new();
    if func.sig.asyncness.is_none() {
        return found;
    }
    // Comments say all kinds of things.
    let text: String = walker.body_text().lines().map(|line| line.split("//").next().unwrap_or(line)).collect();
    let attributes: Vec<String> = func.attrs.iter().map(|attr| walker.slice(attr.span()).to_owned()).collect();
    let report =
        |rule: &'static str, severity, span, subject: &str| Found { rule, severity, span, subject: subject.to_owned() };
    if !is_marked(func) {
        let named_so = func.name.starts_with("test_") || func.name.ends_with("_test");
        let gives_nothing = matches!(func.sig.output, syn::ReturnType::Default);
        if func.is_test
            && gives_nothing
            && named_so
            && func.attrs.is_empty()
            && func.sig.inputs.is_empty()
            && !called.contains(&id)
        {
            found.push(report("async-test-unmarked", Severity::Failure, func.sig.ident.span(), &func.name));
        }
        return found;
    }
    let asserts = ["assert", "expect", "unwrap", "panic", "?", "unreachable", "check", "verify"]
        .iter()
        .any(|word| text.contains(word))
        || attributes.iter().any(|attr| attr.contains("should_panic"));
    if !asserts && !func.block.stmts.is_empty() {
        found.push(report("test-without-assert", Severity::Note, func.sig.ident.span(), &func.name));
    }
    let paused = attributes.iter().any(|attr| attr.contains("start_paused")) || text.contains("pause()");
    if !paused {
        for call in walker.calls.iter().filter(|call| &*call.path == "tokio::time::sleep" && call.awaited) {
            let argument = walker.slice(call.span);
            if argument.contains("from_secs(") && !argument.contains("from_secs(0)") {
                found.push(report("real-sleep-in-test", Severity::Note, call.span, "tokio::time::sleep"));
            }
        }
    }
    found
}

/// Whether an attribute makes it a test.
pub fn is_marked(func: &Func) -> bool {
    super::super::index::is_test_fn(func.attrs)
}
