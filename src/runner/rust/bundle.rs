//! Judges many variants of one exercise in one build: stub, solution and wrong answers become modules of one
//! crate, each with its own copy of the hidden tests.
//!
//! ```text
//! mod v0 { pub mod solution; pub mod hidden; }
//! mod v1 { ... }
//! fn main()                      lists the tests of all
//! ```
//!
//! That costs a quarter of building each by itself. It is for a course's own files only: here nothing keeps a
//! solution from seeing the tests. A variant that does not compile among the others is judged by itself.

use super::build::{CompileEnd, Compiler, Unit};
use super::diagnostics::{Diagnostic, Severity};
use super::judge::{self, Attempt};
use super::rewrite::{self, HiddenTest, Rewritten};
use super::slot::Slot;
use crate::course::{Course, Exercise, Track, TrackFiles};
use crate::runner::event::Events;
use crate::runner::setup::{Doing, SetupError, Step};
use crate::runner::verdict::{Kind, kind_of};
use crate::runner::{Cache, Kept, Role, TestReport, Verdict};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

/// The variants of one exercise.
#[derive(Debug, Clone, Copy)]
pub struct Bundle<'a> {
    /// The course.
    pub course: &'a Course,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Its files in this track.
    pub files: &'a TrackFiles,
    /// The variants' texts.
    pub variants: &'a [&'a str],
}

/// The verdicts on each variant: one for every time that its tests are run.
///
/// # Errors
/// When something other than the variants keeps them from being judged.
pub async fn judge(
    bundle: Bundle<'_>,
    repeat: u32,
    compiler: &Compiler,
    cache: &Cache,
) -> Result<Vec<Vec<Verdict>>, SetupError> {
    let hidden = rewrite::as_functions(bundle.files.hidden())
        .map_err(|error| SetupError::HiddenTests { exercise: bundle.exercise.id.clone(), what: error.to_string() })?;
    let slot = Slot::open_at_once(cache, &format!("{}-bundle", bundle.course.id)).doing(|| Step::TempCrate)?;
    let mut together: BTreeSet<usize> = (0..bundle.variants.len()).collect();
    while !together.is_empty() {
        let culprits = bundle.build(&slot, &hidden, &together, compiler).await?;
        if culprits.is_empty() {
            break;
        }
        together.retain(|variant| !culprits.contains(variant));
    }
    let mut verdicts: Vec<Vec<Verdict>> = vec![Vec::new(); bundle.variants.len()];
    for _ in 0..repeat {
        for (variant, tests) in bundle.run(&slot, &hidden.tests, &together, compiler).await? {
            let mut verdict = bundle.verdict(kind_of(&tests), Vec::new());
            verdict.tests = tests;
            verdicts[variant].push(verdict);
        }
    }
    drop(slot);
    for (variant, source) in bundle.variants.iter().enumerate() {
        if !together.contains(&variant) {
            let Bundle { course, exercise, files, .. } = bundle;
            let attempt = Attempt { course, exercise, files, source, shown: "variant.rs", role: Role::Reference };
            let verdict = judge::judge(attempt, compiler, cache, &Events::default(), &mut Kept::No).await?;
            verdicts[variant].push(verdict);
        }
    }
    Ok(verdicts)
}

impl Bundle<'_> {
    fn verdict(&self, kind: Kind, diagnostics: Vec<Diagnostic>) -> Verdict {
        Verdict::without_tests(&self.exercise.id, Track::Rust, kind, diagnostics)
    }

    /// Builds the variants together; those that keep the others from being built are returned.
    async fn build(
        &self,
        slot: &Slot,
        hidden: &Rewritten,
        together: &BTreeSet<usize>,
        compiler: &Compiler,
    ) -> Result<BTreeSet<usize>, SetupError> {
        let io = || Step::TempCrate;
        let folder = slot.krate().join("src");
        let mut root = String::new();
        let mut groups = Vec::new();
        for &variant in together {
            let _ = writeln!(root, "mod v{variant} {{\n    pub mod solution;\n    pub mod hidden;\n}}");
            let (place, module) = (format!("crate::v{variant}"), folder.join(format!("v{variant}")));
            fs::create_dir_all(&module).doing(io)?;
            let solution = relocate(self.variants[variant], &place, "solution");
            fs::write(module.join("solution.rs"), solution).doing(io)?;
            fs::write(module.join("hidden.rs"), relocate(&hidden.source, &place, "hidden")).doing(io)?;
            groups.push((format!("v{variant}::hidden::"), hidden.tests.as_slice()));
        }
        root.push_str(&rewrite::main_listing(&groups));
        fs::write(folder.join("lib.rs"), root).doing(io)?;
        let unit = Unit {
            name: "bundle",
            kind: "bin",
            source: super::slot::SOLUTION,
            shown: "bundle.rs",
            part: "hidden",
            file: "bundle",
            incremental: false,
            arguments: vec!["-Awarnings".into(), "-Funsafe_code".into()],
            read: Vec::new(),
            links: true,
        };
        let compiled = compiler.compile(slot, unit, &Events::default()).await?;
        if compiled.end == CompileEnd::Built {
            return Ok(BTreeSet::new());
        }
        let culprits: BTreeSet<usize> = compiled.diagnostics.iter().filter_map(culprit).collect();
        // Where nobody can be named, each is judged by itself.
        Ok(if culprits.is_empty() { together.clone() } else { culprits })
    }

    /// Runs the tests of all variants in one pool.
    async fn run(
        &self,
        slot: &Slot,
        tests: &[HiddenTest],
        together: &BTreeSet<usize>,
        compiler: &Compiler,
    ) -> Result<Vec<(usize, Vec<TestReport>)>, SetupError> {
        let named = together.iter().flat_map(|variant| {
            tests.iter().map(move |test| (format!("v{variant}::hidden::{}", test.name), test.clone()))
        });
        let named: Vec<_> = named.collect();
        let part = slot.part("hidden");
        let job = || compiler.test_job(&part, part.join("bundle"), self.exercise.test_limit, self.exercise.reach);
        let mut reports = judge::run_all(named, job, &Events::default()).await?.into_iter();
        Ok(together.iter().map(|variant| (*variant, reports.by_ref().take(tests.len()).collect())).collect())
    }
}

/// The variant whose file an error is in.
fn culprit(diagnostic: &Diagnostic) -> Option<usize> {
    if diagnostic.severity != Severity::Error {
        return None;
    }
    diagnostic.file.as_deref()?.rsplit('/').nth(1)?.strip_prefix('v')?.parse().ok()
}

/// Lets a crate's root live in the module `place::own`: `crate::` becomes the path of that module, and
/// `solution::` at the start of a path the solution beside it. Lines stay.
fn relocate(source: &str, place: &str, own: &str) -> String {
    let Ok(tokens) = source.parse::<TokenStream>() else { return source.to_owned() };
    let mut edits = Vec::new();
    find_roots(tokens, &mut edits);
    let mut text = String::with_capacity(source.len() + 64);
    let mut done = 0;
    for (range, root) in edits {
        let with = match root {
            Root::Crate => format!("{place}::{own}"),
            Root::Solution if own == "hidden" => format!("{place}::solution"),
            Root::Solution => continue,
        };
        text.push_str(&source[done..range.start]);
        text.push_str(&with);
        done = range.end;
    }
    text.push_str(&source[done..]);
    text
}

#[derive(Clone, Copy)]
enum Root {
    Crate,
    Solution,
}

/// Finds `crate ::` and `solution ::` where they start a path.
fn find_roots(tokens: TokenStream, edits: &mut Vec<(std::ops::Range<usize>, Root)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |at: Option<usize>, wanted: char| match at.and_then(|at| tokens.get(at)) {
        Some(TokenTree::Punct(punct)) => punct.as_char() == wanted,
        _ => false,
    };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => find_roots(group.stream(), edits),
            TokenTree::Ident(ident) if punct(Some(at + 1), ':') && punct(Some(at + 2), ':') => {
                let before = at.checked_sub(1);
                if punct(before, ':') || punct(before, '.') || punct(before, '$') {
                    continue;
                }
                match ident.to_string().as_str() {
                    "crate" => edits.push((ident.span().byte_range(), Root::Crate)),
                    "solution" => edits.push((ident.span().byte_range(), Root::Solution)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_crate_lead_to_its_module() {
        let source = "use crate::a::b;\npub(crate) fn f() { crate::g(); self::crate_like(); }\n// crate::comment 等\n";
        let moved = relocate(source, "crate::v1", "solution");
        let expected = "use crate::v1::solution::a::b;\npub(crate) fn f() { crate::v1::solution::g(); self::crate_like(); }\n// crate::comment 等\n";
        assert_eq!(moved, expected);
    }

    #[test]
    fn hidden_tests_find_the_solution_beside_them() {
        let source = "use solution::{f, g};\nmod m { use super::*; fn t() { solution::f(); x.solution::<u8>(); } }";
        let moved = relocate(source, "crate::v2", "hidden");
        let expected = "use crate::v2::solution::{f, g};\nmod m { use super::*; fn t() { crate::v2::solution::f(); x.solution::<u8>(); } }";
        assert_eq!(moved, expected);
    }
}
