//! Turns hidden tests, written as ordinary `#[test]` and `#[tokio::test]` functions, into a program that runs
//! the one it is told to.
//!
//! The text is changed in place, so line numbers stay: a test attribute becomes blanks, the function becomes
//! visible to the `main` that is appended, which lists every test for `harness::protocol::main`.

use proc_macro2::{LineColumn, Span};
use std::fmt::Write;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, File, Item, ItemFn, ItemMod, Lit, Meta, UseTree};

/// Hidden tests as a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The program.
    pub source: String,
    /// The tests, in the order of the file.
    pub tests: Vec<HiddenTest>,
}

/// A hidden test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenTest {
    /// Its path: `patterns::keeps_the_order`.
    pub name: String,
    /// The criterion that it evidences: its outermost module's name with hyphens.
    pub criterion: String,
    /// The expression that runs it.
    run: String,
}

/// What is wrong with hidden tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {what}")]
pub struct RewriteError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl RewriteError {
    fn at(span: Span, what: impl Into<String>) -> RewriteError {
        let LineColumn { line, column } = span.start();
        RewriteError { line, column: column + 1, what: what.into() }
    }
}

/// Rewrites hidden tests.
///
/// # Errors
/// When the text is not Rust, a test is not in a module, or an attribute asks for what is not supported.
pub fn rewrite(source: &str) -> Result<Rewritten, RewriteError> {
    as_functions(source).map(Rewritten::with_main)
}

/// Rewrites tests that a learner wrote: they may stand anywhere, all evidence `criterion`, and there may be none.
///
/// # Errors
/// When the text is not Rust, or an attribute asks for what is not supported.
pub fn rewrite_written(source: &str, criterion: &str) -> Result<Rewritten, RewriteError> {
    functions(source, Whose::Learners { criterion }).map(Rewritten::with_main)
}

impl Rewritten {
    fn with_main(mut self) -> Rewritten {
        self.source.push_str(&main_listing(&[(String::new(), self.tests.as_slice())]));
        self
    }
}

/// Who wrote the tests.
#[derive(Clone, Copy)]
enum Whose<'a> {
    Courses,
    Learners { criterion: &'a str },
}

/// Rewrites hidden tests into plain functions, without a `main`.
///
/// # Errors
/// As [`rewrite`].
pub(super) fn as_functions(source: &str) -> Result<Rewritten, RewriteError> {
    let rewritten = functions(source, Whose::Courses)?;
    if rewritten.tests.is_empty() {
        return Err(RewriteError { line: 1, column: 1, what: "there is no test in the hidden tests".to_owned() });
    }
    Ok(rewritten)
}

fn functions(source: &str, whose: Whose<'_>) -> Result<Rewritten, RewriteError> {
    let file: File = syn::parse_file(source).map_err(|error| RewriteError::at(error.span(), error.to_string()))?;
    let mut rewriter = Rewriter { whose, tests: Vec::new(), edits: Vec::new(), path: Vec::new() };
    rewriter.items(&file.items)?;
    Ok(Rewritten { source: apply(source, rewriter.edits), tests: rewriter.tests })
}

/// The `main` that runs the tests of one or more modules: each with the path that leads to it.
pub(super) fn main_listing(groups: &[(String, &[HiddenTest])]) -> String {
    // The tests' futures are boxed: one type, for which the compiler generates tokio's code once and not once a test.
    let mut text = String::from(
        "\nfn main() {\n    type Boxed = ::std::pin::Pin<::std::boxed::Box<dyn ::std::future::Future<Output = ()>>>;\n    \
         ::harness::protocol::main(&[\n",
    );
    for (module, tests) in groups {
        for test in *tests {
            let run = test.run.replace("{}", &format!("{module}{}", test.name));
            let _ = writeln!(
                text,
                "        ::harness::protocol::Test {{ name: \"{module}{}\", run: || {run} }},",
                test.name
            );
        }
    }
    text.push_str("    ])\n}\n");
    text
}

struct Rewriter<'a> {
    whose: Whose<'a>,
    tests: Vec<HiddenTest>,
    edits: Vec<Edit>,
    path: Vec<String>,
}

/// A range of the source, by line and column, and what stands there instead.
struct Edit {
    start: LineColumn,
    end: LineColumn,
    with: Replacement,
}

enum Replacement {
    Blanks,
    Text(&'static str),
}

impl Rewriter<'_> {
    fn items(&mut self, items: &[Item]) -> Result<(), RewriteError> {
        for item in items {
            match item {
                Item::Fn(function) => self.function(function)?,
                Item::Mod(module) => self.module(module)?,
                Item::Use(import) if matches!(self.whose, Whose::Courses) => no_glob_of_the_solution(&import.tree)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn module(&mut self, module: &ItemMod) -> Result<(), RewriteError> {
        let Some((_, items)) = &module.content else { return Ok(()) };
        if matches!(module.vis, syn::Visibility::Inherited) {
            self.make_visible(module.mod_token.span);
        }
        self.path.push(module.ident.to_string());
        self.items(items)?;
        self.path.pop();
        Ok(())
    }

    fn function(&mut self, function: &ItemFn) -> Result<(), RewriteError> {
        let mut run = None;
        for attribute in &function.attrs {
            let name = path_text(attribute);
            match name.as_str() {
                // rustc has refused every other async function under a plain `#[test]`.
                "test" if function.sig.asyncness.is_some() => {
                    run = Some((attribute, run_expression(attribute, "tokio::test")?));
                }
                "test" | "tokio::test" => run = Some((attribute, run_expression(attribute, &name)?)),
                "should_panic" | "ignore" => {
                    let what = format!(
                        "`#[{name}]` is not supported here; every test runs, and expects the outcome in its body"
                    );
                    return Err(RewriteError::at(attribute.span(), what));
                }
                _ => {}
            }
        }
        let Some((attribute, run)) = run else { return self.no_test(function) };
        let criterion = match self.whose {
            Whose::Learners { criterion } => Some(criterion.to_owned()),
            Whose::Courses => self.path.first().map(|module| module.replace('_', "-")),
        };
        let Some(criterion) = criterion else {
            let what = "a hidden test lies in a module named after its criterion, such as `mod patterns`";
            return Err(RewriteError::at(function.sig.ident.span(), what));
        };
        self.edits.push(Edit {
            start: attribute.span().start(),
            end: attribute.span().end(),
            with: Replacement::Blanks,
        });
        if matches!(function.vis, syn::Visibility::Inherited) {
            self.make_visible(function.sig.span());
        }
        let name = [self.path.as_slice(), &[function.sig.ident.to_string()]].concat().join("::");
        self.tests.push(HiddenTest { name, criterion, run });
        Ok(())
    }

    /// A `main` of the learner's would stand beside the one that runs the tests.
    fn no_test(&self, function: &ItemFn) -> Result<(), RewriteError> {
        if matches!(self.whose, Whose::Learners { .. }) && self.path.is_empty() && function.sig.ident == "main" {
            let what = "a file of tests needs no `main`; the test runner brings its own";
            return Err(RewriteError::at(function.sig.ident.span(), what));
        }
        Ok(())
    }

    fn make_visible(&mut self, before: Span) {
        let start = before.start();
        self.edits.push(Edit { start, end: start, with: Replacement::Text("pub(crate) ") });
    }
}

/// A learner's public names must not be able to stand in for the standard library's, macros above all.
fn no_glob_of_the_solution(tree: &UseTree) -> Result<(), RewriteError> {
    let UseTree::Path(path) = tree else { return Ok(()) };
    match &*path.tree {
        UseTree::Glob(glob) if path.ident == "solution" => {
            let what = "import from the solution by name; `*` would let its macros replace `assert_eq!`";
            Err(RewriteError::at(glob.span(), what))
        }
        _ => Ok(()),
    }
}

fn path_text(attribute: &Attribute) -> String {
    let segments = attribute.path().segments.iter().map(|segment| segment.ident.to_string());
    segments.collect::<Vec<_>>().join("::")
}

/// The expression that runs the test; `{}` stands for its path.
fn run_expression(attribute: &Attribute, name: &str) -> Result<String, RewriteError> {
    if name == "test" {
        return Ok("::harness::protocol::run_sync({})".to_owned());
    }
    let (mut workers, mut threads, mut paused) = (None, false, false);
    if let Meta::List(list) = &attribute.meta {
        list.parse_nested_meta(|meta| {
            let value: Expr = meta.value()?.parse()?;
            match (meta.path.require_ident()?.to_string().as_str(), &value) {
                ("flavor", Expr::Lit(ExprLit { lit: Lit::Str(flavor), .. })) => {
                    threads = flavor.value() == "multi_thread"
                }
                ("worker_threads", Expr::Lit(ExprLit { lit: Lit::Int(count), .. })) => {
                    workers = Some(count.base10_parse()?)
                }
                ("start_paused", Expr::Lit(ExprLit { lit: Lit::Bool(value), .. })) => paused = value.value,
                _ => {
                    return Err(meta.error("is not supported here; flavor, worker_threads and start_paused are"));
                }
            }
            Ok(())
        })
        .map_err(|error| RewriteError::at(error.span(), error.to_string()))?;
    }
    let workers: Option<usize> = threads.then_some(workers.unwrap_or(2));
    Ok(format!(
        "::harness::protocol::run_async(::harness::protocol::Runtime {{ workers: {workers:?}, start_paused: {paused} }}, {BOXED})"
    ))
}

/// A test's future with its outcome judged, boxed by a function that is no closure of its own type.
const BOXED: &str =
    "(|| ::std::boxed::Box::pin(async { ::harness::protocol::Outcome::judge({}().await) })) as fn() -> Boxed";

/// Applies edits, which do not overlap.
fn apply(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.start.line, edit.start.column));
    let line_starts: Vec<usize> =
        std::iter::once(0).chain(source.match_indices('\n').map(|(index, _)| index + 1)).collect();
    let offset = |place: LineColumn| {
        let start = line_starts[place.line - 1];
        source[start..].char_indices().nth(place.column).map_or(source.len(), |(index, _)| start + index)
    };
    let mut text = String::with_capacity(source.len() + 64);
    let mut done = 0;
    for edit in edits {
        let (start, end) = (offset(edit.start), offset(edit.end));
        text.push_str(&source[done..start]);
        match edit.with {
            Replacement::Text(with) => text.push_str(with),
            Replacement::Blanks => text.extend(source[start..end].chars().map(|c| if c == '\n' { c } else { ' ' })),
        }
        done = end;
    }
    text.push_str(&source[done..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIDDEN: &str = "\
use solution::fetch_all;

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn order_等() {
        assert_eq!(1, 1);
    }
}

mod no_blocking {
    #[test]
    fn plain() {}
    fn not_a_test() {}
}
";

    #[test]
    fn tests_are_listed_in_order_with_the_criterion_of_their_module() {
        let rewritten = rewrite(HIDDEN).unwrap();
        let listed: Vec<_> = rewritten.tests.iter().map(|test| (test.name.as_str(), test.criterion.as_str())).collect();
        assert_eq!(listed, [("patterns::order_等", "patterns"), ("no_blocking::plain", "no-blocking")]);
    }

    #[test]
    fn every_line_stays_where_it_was() {
        let rewritten = rewrite(HIDDEN).unwrap();
        for (before, after) in HIDDEN.lines().zip(rewritten.source.lines()) {
            let unchanged = before == after;
            let blanked = before.contains("#[") && after.trim().is_empty();
            let shown = before == after.replacen("pub(crate) ", "", 1);
            assert!(unchanged || blanked || shown, "{before:?} became {after:?}");
        }
    }

    #[test]
    fn the_runtime_is_the_one_that_the_attribute_asks_for() {
        let source = "mod patterns { #[tokio::test(flavor = \"multi_thread\", worker_threads = 4)] async fn a() {} }";
        assert!(rewrite(source).unwrap().source.contains("workers: Some(4), start_paused: false"));
        assert!(rewrite(HIDDEN).unwrap().source.contains("workers: None, start_paused: true"));
    }

    #[test]
    fn a_learners_tests_may_stand_anywhere_and_all_evidence_the_same() {
        let source = "use subject::first::*;\n#[tokio::test] async fn a() {}\nmod m {\n    #[test]\n    fn b() {}\n}\nasync fn c() {}\n";
        let rewritten = rewrite_written(source, "tests-pass").unwrap();
        let listed: Vec<_> = rewritten.tests.iter().map(|test| (test.name.as_str(), test.criterion.as_str())).collect();
        assert_eq!(listed, [("a", "tests-pass"), ("m::b", "tests-pass")]);
        assert_eq!(rewrite_written("async fn c() {}", "tests-pass").unwrap().tests, []);
        for (source, place) in [("#[test]\n#[should_panic]\nfn a() {}", "2:1"), ("fn a() {}\nfn main() {}", "2:4")] {
            let error = rewrite_written(source, "tests-pass").unwrap_err().to_string();
            assert!(error.starts_with(place), "{source}: {error}");
        }
    }

    #[test]
    fn what_cannot_be_judged_is_refused_with_its_place() {
        let cases = [
            ("fn no_test() {}", "1:1"),
            ("#[test]\nfn outside() {}", "2:4"),
            ("mod patterns {\n    #[test]\n    #[ignore]\n    fn a() {} }", "3:5"),
            ("use solution::*;\nmod patterns { #[test] fn a() {} }", "1:15"),
            ("mod patterns { #[tokio::test(crate = \"x\")] async fn a() {} }", "1:30"),
            ("mod patterns {", "1:"),
        ];
        for (source, place) in cases {
            let error = rewrite(source).unwrap_err().to_string();
            assert!(error.starts_with(place), "{source}: {error}");
        }
    }
}
