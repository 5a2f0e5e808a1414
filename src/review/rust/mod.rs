//! The review of Rust: crates are found and parsed, their definitions indexed, every function walked once, and then the
//! calls are followed.
//!
//! ```text
//! files -> project (crates) -> expand (macros) -> index (modules, functions, types)
//!       -> walk (calls with their context; rules/* at the places they speak about) -> rules/blocking (call graph)
//! ```

mod calls;
mod expand;
mod index;
mod parse;
mod project;
mod resolve;
mod rules;
mod tables;
mod types;
mod walk;

use super::finding::{Finding, Severity};
use super::source::SourceFile;
use super::tables::Family;
use super::{Facts, Outcome};
use crate::course::Track;
use index::{Func, Index};
use rules::blocking::Blocking;
use rustc_hash::FxHashSet;
use walk::{Call, Found, Place, Walker};

/// Reads the Rust files together with the rest of their crates; gives back all files that it read.
pub(super) fn review(files: Vec<SourceFile>, own: &[Family]) -> (Vec<SourceFile>, Result<Outcome, String>) {
    if files.is_empty() {
        return (files, Ok(Outcome::default()));
    }
    let table = match tables::blocking(own) {
        Ok(table) => table,
        Err(text) => return (files, Err(text)),
    };
    let mut problems = Vec::new();
    let mut project = project::Project::find(files);
    let (parsed, edges) = parse::parse(&mut project, &mut problems);
    problems.retain(|problem| project.sources.iter().any(|file| file.asked_for && file.name == problem.file));
    let mut outcome = Outcome { problems, ..Outcome::default() };
    {
        let index = index::build(&project, &parsed, &edges);
        look(&index, &project.sources, &table, &mut outcome);
    }
    // Spans live in a table of this thread; what was parsed is done with.
    drop(parsed);
    proc_macro2::extra::invalidate_current_thread_spans();
    (project.sources, Ok(outcome))
}

fn look(index: &Index, sources: &[SourceFile], table: &super::tables::CallTable, outcome: &mut Outcome) {
    let mut calls: Vec<Vec<Call>> = Vec::with_capacity(index.fns.len());
    let mut found: Vec<Vec<Found>> = Vec::with_capacity(index.fns.len());
    let mut seen: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut called: FxHashSet<usize> = FxHashSet::default();
    for func in &index.fns {
        let source = &sources[index.mods[func.module].file];
        let walker = Walker::function(index, func, &source.text);
        // A file that two crates share is counted once.
        let new = seen.insert((index.mods[func.module].file, func.sig.ident.span().byte_range().start));
        if source.asked_for && new {
            count(func, &walker, &mut outcome.facts);
        }
        called.extend(walker.calls.iter().filter_map(|call| call.local));
        found.push(walker.found);
        calls.push(walker.calls);
    }
    for (id, func) in index.fns.iter().enumerate() {
        let source = &sources[index.mods[func.module].file];
        if !source.asked_for || func.sig.asyncness.is_none() {
            continue;
        }
        if func.is_test || rules::tests::is_marked(func) {
            let walker = Walker::function(index, func, &source.text);
            found[id].extend(rules::tests::function(&walker, &called, id));
        }
    }
    let mut blocking = Blocking::new(table, &calls);
    for (id, func) in index.fns.iter().enumerate() {
        let source = &sources[index.mods[func.module].file];
        if !source.asked_for {
            continue;
        }
        for call in calls[id].iter().filter(|call| call.context.place == Place::Async) {
            let Some(witness) = blocking.of(index, call) else { continue };
            let subject = witness.path.last().cloned().unwrap_or_default();
            let severity = weight(func, index, call, witness.severity);
            let path = std::iter::once(func.name.clone()).chain(witness.path).collect();
            let one = Found { rule: witness.rule, severity, span: call.span, subject };
            push(outcome, source, func, one, path);
        }
        for one in std::mem::take(&mut found[id]) {
            push(outcome, source, func, one, Vec::new());
        }
    }
}

/// Tests and start-up code are notes at most.
fn weight(func: &Func, index: &Index, call: &Call, severity: Severity) -> Severity {
    let is_main = func.name == "main" && index.mods[func.module].parent.is_none();
    let starts_up = is_main && call.context.loops == 0 && !call.context.spawned && call.context.select.is_none();
    if starts_up { severity.min(Severity::Note) } else { severity }
}

fn push(outcome: &mut Outcome, source: &SourceFile, func: &Func, found: Found, path: Vec<String>) {
    let about_tests = super::rule::table().get(found.rule).criterion == super::Criterion::TestsPass;
    let severity = if func.is_test && !about_tests { found.severity.min(Severity::Note) } else { found.severity };
    let range = found.span.byte_range();
    let place = source.place(range.start, range.end);
    let (rule, track, subject) = (found.rule, Track::Rust, found.subject);
    outcome.findings.push(Finding { rule, severity, track, place, subject, path, original: None });
}

fn count(func: &Func, walker: &Walker, facts: &mut Facts) {
    if func.sig.asyncness.is_some() {
        facts.async_functions += 1;
    }
    facts.async_blocks += walker.async_blocks;
    if func.sig.asyncness.is_some() && rules::tests::is_marked(func) {
        facts.async_tests += 1;
    }
    facts.network |= walker.calls.iter().any(|call| {
        [
            "reqwest::",
            "tokio::net::",
            "hyper::",
            "sqlx::",
            "tonic::",
            "redis::",
            "tokio_postgres::",
            "tokio_tungstenite::",
        ]
        .iter()
        .any(|start| call.path.starts_with(start))
    });
}
