//! Futures in a `select!` that lose what they have done when another arm wins.

use super::super::walk::Walker;
use syn::Expr;
use syn::spanned::Spanned;

const UNSAFE: [&str; 9] = [
    "read_exact",
    "read_to_end",
    "read_to_string",
    "read_line",
    "read_until",
    "write_all",
    "copy",
    "copy_bidirectional",
    "copy_buf",
];

/// An await in the future of an arm.
pub fn at_await<'a>(walker: &mut Walker<'_, 'a>, awaited: &'a syn::ExprAwait) {
    if walker.context.select != Some(true) {
        return;
    }
    let mut base = awaited.base.as_ref();
    // `timeout(limit, stream.read_exact(..))` in an arm is as unsafe as the bare call.
    if let Expr::Call(call) = base
        && super::dropped::name(base).contains("timeout")
        && let Some(inner) = call.args.iter().nth(1)
    {
        base = inner;
    }
    let name = super::dropped::name(base);
    let last = name.rsplit("::").next().unwrap_or(&name).to_owned();
    let is_call = matches!(base, Expr::MethodCall(_)) || matches!(base, Expr::Call(_) if name.contains("io::"));
    if is_call && UNSAFE.contains(&last.as_str()) {
        walker.report("cancel-unsafe-select", base.span(), last);
    }
}
