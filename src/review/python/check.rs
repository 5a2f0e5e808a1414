//! What every rule works with: the package, what names stand for, and a place to report to.

use super::index::{Func, FuncId, ModuleId, Package};
use super::tables::Tables;
use super::value::Values;
use crate::course::Track;
use crate::review::finding::{Finding, Severity};
use crate::review::source::SourceFile;
use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;
use std::cell::RefCell;

pub struct Check<'p, 'a> {
    pub package: &'p Package<'a>,
    pub values: Values<'p, 'a>,
    pub tables: &'p Tables,
    pub files: &'p [SourceFile],
    /// Async functions whose coroutines are handed on, to a task or a caller, instead of being awaited where they are made.
    pub handed_on: FxHashSet<FuncId>,
    /// Ranges of each module that never run.
    dead: Vec<Vec<TextRange>>,
    findings: RefCell<Vec<Finding>>,
}

impl<'p, 'a> Check<'p, 'a> {
    pub fn new(package: &'p Package<'a>, tables: &'p Tables, files: &'p [SourceFile]) -> Self {
        let dead = package.modules.iter().map(|module| super::dead::ranges(package, module, &files[module.file].text));
        let dead = dead.collect();
        let values = Values::new(package, tables);
        let handed_on = super::handed_on::handed_on(package, &values);
        Check { package, values, tables, files, handed_on, dead, findings: RefCell::default() }
    }

    /// Reports at the rule's own weight.
    pub fn report(&self, module: ModuleId, rule: &'static str, range: TextRange, subject: impl Into<String>) {
        let severity = crate::review::rule::table().get(rule).severity;
        self.report_as(module, rule, severity, range, subject.into(), Vec::new());
    }

    /// Reports with another weight and with the path to the call.
    pub fn report_as(
        &self,
        module: ModuleId,
        rule: &'static str,
        severity: Severity,
        range: TextRange,
        subject: String,
        path: Vec<String>,
    ) {
        let file = &self.files[self.package.modules[module].file];
        if !file.asked_for || self.is_dead(module, range) {
            return;
        }
        let place = file.place(range.start().to_usize(), range.end().to_usize());
        let mut findings = self.findings.borrow_mut();
        if findings.iter().rev().take(50).any(|finding| finding.rule == rule && finding.place == place) {
            return;
        }
        let track = Track::Python;
        findings.push(Finding { rule, severity, track, place, subject, path, original: None });
    }

    /// Whether this place never runs.
    pub fn is_dead(&self, module: ModuleId, range: TextRange) -> bool {
        self.dead[module].iter().any(|dead| dead.contains_range(range))
    }

    /// Whether the file lies in a folder of tests.
    pub fn is_in_tests(&self, module: ModuleId) -> bool {
        let name = &self.files[self.package.modules[module].file].name;
        name.split('/').any(|part| matches!(part, "tests" | "test"))
    }

    /// The text of a node on one line, shortened.
    pub fn text(&self, module: ModuleId, node: &impl Ranged) -> String {
        let text = &self.files[self.package.modules[module].file].text;
        let range = node.range();
        let text = text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or("");
        let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > 60 {
            line = line.chars().take(57).chain("...".chars()).collect();
        }
        line
    }

    /// The file's text.
    pub fn source(&self, module: ModuleId) -> &'p str {
        &self.files[self.package.modules[module].file].text
    }

    /// The whole text of a function.
    pub fn text_of(&self, func: &Func) -> &'p str {
        let range = func.def.range;
        self.source(func.module).get(range.start().to_usize()..range.end().to_usize()).unwrap_or("")
    }

    /// All functions.
    pub fn funcs(&self) -> impl Iterator<Item = FuncId> + 'static {
        0..self.package.funcs.len()
    }

    /// Whether the file is one of tests, by its name, as pytest sees it.
    pub fn is_test_file(&self, module: ModuleId) -> bool {
        let name = &self.files[self.package.modules[module].file].name;
        let last = name.rsplit('/').next().unwrap_or(name);
        last.starts_with("test_") || last.ends_with("_test.py") || last == "conftest.py"
    }

    /// The last name of a call's function: `create_task` of `loop.create_task`.
    pub fn last_name(expr: &'a Expr) -> &'a str {
        match expr {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => "",
        }
    }

    pub fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }
}
