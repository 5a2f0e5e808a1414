//! Async tests: marked so that they run, and able to fail.

use crate::review::finding::Severity;
use crate::review::python::body::{self, Node};
use crate::review::python::check::Check;
use crate::review::python::index::Func;
use crate::review::python::value::Value;
use ruff_python_ast::{Expr, Number, Stmt};
use ruff_text_size::Ranged;
use std::path::Path;

pub(super) fn check(check: &Check) {
    for id in check.funcs() {
        let func = &check.package.funcs[id];
        assertions(check, func);
        fixture(check, func);
        if func.parent.is_none()
            && func.name().starts_with("test")
            && func.def.is_async
            && check.is_test_file(func.module)
        {
            test(check, func);
        }
    }
}

/// `assert coro()` is always true.
fn assertions(check: &Check, func: &Func) {
    body::walk(&func.def.body, &mut |node| match node {
        Node::Stmt(Stmt::Assert(assert)) => {
            let mut test = assert.test.as_ref();
            while let Expr::UnaryOp(op) = test {
                test = &op.operand;
            }
            if matches!(test, Expr::Call(_))
                && matches!(check.values.of(test, func.scope), Value::Coroutine(_) | Value::OutsideCoroutine(_))
            {
                check.report(func.module, "assert-coroutine", test.range(), check.text(func.module, test));
            }
        }
        Node::Expr(Expr::Call(call)) => {
            if let Expr::Attribute(attribute) = call.func.as_ref()
                && matches!(attribute.attr.as_str(), "assert_called" | "assert_called_once")
                && check
                    .values
                    .instance(&attribute.value, func.scope)
                    .is_some_and(|class| class.ends_with("mock.AsyncMock"))
            {
                check.report(func.module, "mock-not-awaited", call.range(), attribute.attr.as_str());
            }
        }
        _ => {}
    });
}

fn decorators(check: &Check, func: &Func) -> String {
    func.def.decorator_list.iter().map(|decorator| check.text(func.module, &decorator.expression) + "\n").collect()
}

/// `@pytest.fixture` on an `async def` is handled by no plugin in strict mode.
fn fixture(check: &Check, func: &Func) {
    let marks = decorators(check, func);
    let plain = marks.lines().any(|line| line.starts_with("pytest.fixture") || line.starts_with("fixture"));
    if !func.def.is_async || !plain {
        return;
    }
    let text = check.source(func.module);
    if is_auto_mode(check, func) || text.contains("anyio") || text.contains("trio") {
        return;
    }
    let severity = if knows_config(check, func) { Severity::Warning } else { Severity::Note };
    let range = func.def.name.range;
    check.report_as(func.module, "async-fixture-strict", severity, range, func.name().to_owned(), Vec::new());
}

fn test(check: &Check, func: &Func) {
    let marks = decorators(check, func);
    let text = check.source(func.module);
    let marked = [
        "asyncio",
        "anyio",
        "trio",
        "gen_test",
        "async_test",
        "unittest_run_loop",
        "inlineCallbacks",
        "tornado",
        "curio",
    ]
    .iter()
    .any(|word| marks.contains(word));
    let file_marked = text.contains("pytestmark")
        && ["asyncio", "anyio", "trio"].iter().any(|word| text.contains(&format!("mark.{word}")));
    let class_marked = func.class.is_some_and(|class| {
        let it = &check.package.classes[class];
        let decorated = it.def.decorator_list.iter().any(|decorator| {
            let text = check.text(func.module, &decorator.expression);
            text.contains("asyncio") || text.contains("anyio") || text.contains("trio")
        });
        decorated || check.package.scopes[it.scope].names.contains_key("pytestmark")
    });
    let bases = func.class.map(|class| check.values.outside_bases(class)).unwrap_or_default();
    let in_test_case = bases.iter().any(|base| base.as_ref() == "unittest.TestCase");
    let runs_itself = bases.iter().any(|base| base.contains("Async") || base.contains("?") || base.contains("AioHTTP"))
        || bases.iter().any(|base| !matches!(base.as_ref(), "unittest.TestCase" | "object"));
    let own_runner = func.class.is_some_and(|class| {
        ["run", "_callTestMethod", "__call__"].iter().any(|name| check.values.method(class, name, 8).is_some())
    });
    if in_test_case && !runs_itself && !own_runner && marks.is_empty() {
        check.report(func.module, "async-test-unmarked", func.def.name.range, func.name());
    } else if !(marked || file_marked || class_marked || runs_itself || in_test_case || is_auto_mode(check, func)) {
        // With no settings in sight, another plugin or hook may run it.
        let severity =
            if knows_config(check, func) || !marks.is_empty() { Severity::Failure } else { Severity::Warning };
        let unknown = has_hook(check, func) || is_installed(path(check, func));
        let severity = if unknown { Severity::Note } else { severity };
        let range = func.def.name.range;
        check.report_as(func.module, "async-test-unmarked", severity, range, func.name().to_owned(), Vec::new());
    }
    let mut asserts = false;
    body::walk(&func.def.body, &mut |node| match node {
        Node::Stmt(Stmt::Assert(_) | Stmt::Raise(_)) => asserts = true,
        Node::Expr(Expr::Call(call)) => {
            let name = Check::last_name(&call.func).to_lowercase();
            asserts |= ["assert", "raises", "warns", "fail", "check", "verify", "expect"]
                .iter()
                .any(|word| name.contains(word));
            sleeps(check, func, call);
        }
        _ => {}
    });
    if !asserts && !body::is_placeholder(&func.def.body) {
        check.report(func.module, "test-without-assert", func.def.name.range, func.name());
    }
}

fn sleeps(check: &Check, func: &Func, call: &ruff_python_ast::ExprCall) {
    let path = check.values.path(&call.func, func.scope);
    if !path.is_some_and(|path| matches!(path.as_ref(), "asyncio.sleep" | "anyio.sleep" | "trio.sleep")) {
        return;
    }
    let long = match call.arguments.args.first() {
        Some(Expr::NumberLiteral(literal)) => match &literal.value {
            Number::Int(int) => int.as_u64().is_none_or(|seconds| seconds >= 1),
            Number::Float(float) => *float >= 1.0,
            Number::Complex { .. } => false,
        },
        _ => false,
    };
    if long {
        check.report(func.module, "real-sleep-in-test", call.range(), check.text(func.module, call));
    }
}

/// The settings files of pytest in the folders above a file.
fn settings(path: &Path) -> impl Iterator<Item = String> + '_ {
    let names = ["pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini"];
    path.ancestors().skip(1).take(6).flat_map(move |folder| {
        names.into_iter().filter_map(move |name| std::fs::read_to_string(folder.join(name)).ok())
    })
}

/// Whether the file is one of an installed package, which comes without the settings of its project.
fn is_installed(path: &Path) -> bool {
    path.ancestors().skip(1).take(6).any(|folder| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.into_iter().any(|entry| entry.file_name().to_string_lossy().ends_with(".dist-info"))
    })
}

fn path<'c>(check: &'c Check, func: &Func) -> &'c Path {
    &check.files[check.package.modules[func.module].file].path
}

fn is_auto_mode(check: &Check, func: &Func) -> bool {
    settings(path(check, func)).any(|text| {
        text.lines().any(|line| {
            let line = line.replace([' ', '"', '\''], "");
            line.starts_with("asyncio_mode=auto")
                || line.starts_with("anyio_mode=auto")
                || line.contains("--asyncio-mode=auto")
                || line.starts_with("trio_mode=true")
        })
    })
}

fn knows_config(check: &Check, func: &Func) -> bool {
    settings(path(check, func)).any(|text| text.contains("pytest"))
}

/// Whether a `conftest.py` above, or a plugin among the files, runs or marks async tests by itself.
fn has_hook(check: &Check, func: &Func) -> bool {
    let hooks = |text: &str| text.contains("pytest_collection_modifyitems") || text.contains("pytest_pyfunc_call");
    check.package.modules.iter().any(|module| hooks(&check.files[module.file].text))
        || path(check, func)
            .ancestors()
            .skip(1)
            .take(6)
            .any(|folder| std::fs::read_to_string(folder.join("conftest.py")).is_ok_and(|text| hooks(&text)))
}
