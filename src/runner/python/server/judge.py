"""Runs one hidden test by pytest and pytest-asyncio, in the process that was forked for it."""

import ast
import asyncio
import functools
import gc
import importlib.util
import linecache
import os
import sys
import types
import warnings
from pathlib import Path

import _pytest.config
import pytest
from _pytest.assertion.rewrite import rewrite_asserts
from _pytest.reports import TestReport

from harness import expectation, polls, protocol, thread_time

from . import integrity, lookout
from .trace import HIDDEN

_OPTIONS = [
    *("-p", "pytest_asyncio.plugin", "-p", "harness.plugin", "-W", "error", "-s", "--noconftest", "-c", os.devnull),
    *("-o", "asyncio_mode=strict", "-o", "asyncio_default_fixture_loop_scope=function", "--rootdir", os.curdir),
    # What draws a report, remembers runs, or looks for tests elsewhere has nothing to do here.
    *(f"-pno:{name}" for name in ("cacheprovider", "terminal", "logging", "doctest", "junitxml", "pastebin", "stepwise")),
    *(f"-pno:{name}" for name in ("faulthandler", "debugging", "setuponly", "setupplan", "unittest", "reports")),
]
"""pytest's options: the real plugin, warnings as errors, as little else as possible."""

_WARM_UP = """
import asyncio
import pytest


@pytest.mark.asyncio
@pytest.mark.virtual_time
class TestWarmUp:
    async def test_once(self):
        await asyncio.sleep(1)
"""


class _Reports:
    """Keeps how each phase of the test went, instead of drawing it."""

    def __init__(self):
        self.phases = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        error = call.excinfo.value if call.excinfo is not None else None
        self.phases.append((call.when, error))
        skipped = isinstance(error, pytest.skip.Exception)
        outcome = "skipped" if skipped else "passed" if error is None else "failed"
        longrepr = (HIDDEN, 0, str(error)) if skipped else None if error is None else str(error)
        return TestReport(item.nodeid, item.location, {}, outcome, longrepr, call.when)


class _HiddenTests(pytest.Module):
    """A module of tests that lies in no file."""

    module = None

    def _getobj(self):
        return self.module


class _Pytest:
    """A session of pytest, made once in the server."""

    def __init__(self):
        self.reports = _Reports()
        self.config = _pytest.config._prepareconfig(_OPTIONS, [self.reports])
        self.config._do_configure()
        self.session = pytest.Session.from_config(self.config)
        self.config.hook.pytest_sessionstart(session=self.session)

    def run(self, module, test):
        """Runs a test of a module, by its name `TestClass::test_name`, with every set of parameters that it has; what each
        phase came to, or none when there is no such test."""
        collector = _HiddenTests.from_parent(self.session, path=Path(HIDDEN).absolute())
        collector.module = module
        name = f"{HIDDEN}::{test}"
        wanted = [item for item in self.session.genitems(collector) if item.nodeid.partition("[")[0] == name]
        if not wanted:
            return None
        self.session.items = wanted
        for item, following in zip(wanted, [*wanted[1:], None]):
            self.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return self.reports.phases


_state = {}


def prepare():
    """Imports and sets up everything that tests have in common."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    _state["pytest"] = _Pytest()
    module = types.ModuleType("warm_up")
    exec(compiled(_WARM_UP), module.__dict__)
    phases = _state["pytest"].run(module, "TestWarmUp::test_once")
    problems = [error for _, error in phases or [] if error is not None]
    if phases is None or problems:
        raise RuntimeError(f"pytest does not run here: {problems or 'it finds no test'}")
    # The session is used up; the next is as new, and what it needs has been imported.
    _state["pytest"] = _Pytest()
    _state["before"] = (integrity.snapshot(), integrity.modules())
    thread_time.forget()


@functools.lru_cache(maxsize=2)
def compiled(source):
    """Hidden tests as code, with pytest's explanations of failed assertions."""
    tree = ast.parse(source, HIDDEN)
    _import_packages(tree)
    rewrite_asserts(tree, source.encode(), HIDDEN, _state["pytest"].config)
    return compile(tree, HIDDEN, "exec", dont_inherit=True)


def _import_packages(tree):
    """Imports, once for all forks, the installed packages that hidden tests start with: aiohttp takes 0.1 s.

    Nothing else is imported here, where a test's limits do not hold.
    """
    names, known = [], len(sys.modules)
    for node in tree.body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    for name in names:
        try:
            root = importlib.util.find_spec(name.partition(".")[0])
            if root is not None and (root.origin or "").startswith(sys.prefix):
                importlib.import_module(name)
        except Exception:
            pass  # It is no module, or the fork will tell what is wrong with it.
    if len(sys.modules) > known:
        gc.collect()
        gc.freeze()


def run(work, hidden, records):
    """Loads the solution and the hidden tests, runs one, and reports. Returns the exit code."""
    shown = work["shown"]
    session, before = _state["pytest"], _state["before"]
    _state.clear()
    thread_time.forget()
    protocol.listen(records.emit)
    records.start()
    watch = lookout.Lookout(shown)
    written = work["subject"] is not None
    if written:
        module = _written_tests(work, session.config, records, watch)
    else:
        module = _hidden_tests(work, hidden, records, watch)
    if module is None:
        return 0
    try:
        phases = session.run(module, work["test"])
    except (pytest.exit.Exception, KeyboardInterrupt) as error:
        records.tampered(f"the tests were told to stop: {type(error).__name__} {error}")
        return 0
    except Exception as error:
        # pytest itself does not fail, unless something was done to it, or a learner's tests cannot be collected.
        changed = integrity.changes(before)
        if written and not changed:
            records.fail(error, shown)
        else:
            records.tampered((changed or [f"pytest failed: {error!r}"])[0])
        return 0
    if phases is None and written:
        records.fail(LookupError("pytest does not find this test"), shown)
        return 0
    if phases is None:
        records.unknown_test()
        return 0
    problems = [error for _, error in phases if error is not None]
    if problems and isinstance(problems[0], SystemExit):
        # It ended the program, so there is no result.
        return _exit_code(problems[0])
    if polls.longest() is not None:
        records.polls(polls.longest())
    changed = integrity.changes(before) or watch.seen
    skips = [error for error in problems if isinstance(error, pytest.skip.Exception)]
    if changed:
        records.tampered(changed[0])
    elif skips or any(getattr(error, "__module__", "") == "_pytest.outcomes" for error in problems):
        records.tampered(f"the test was not run to its end: {problems[0]!r}")
    elif problems:
        records.fail(problems[0], shown, expectation.take_failure())
    elif [when for when, _ in phases] != ["setup", "call", "teardown"] * (len(phases) // 3):
        records.tampered("the test was not run to its end")
    else:
        records.passed()
    return 0


def _hidden_tests(work, hidden, records, watch):
    """The solution is loaded, then the hidden tests, as a module that holds the wanted one; none when that fails."""
    if _load("solution", work["solution"], work["shown"], records, watch) is None:
        return None
    module = types.ModuleType("hidden")
    module.__file__ = HIDDEN
    try:
        exec(hidden, module.__dict__)
    except Exception as error:
        records.not_loaded("tests", error, work["shown"])
        return None
    _keep_only(module, work["test"])
    return module


def _written_tests(work, config, records, watch):
    """The learner's tests as a module, with what they are run against in `subject`; none when that cannot be loaded."""
    name = f"subject.{work['subject']['module']}"
    package, subject = types.ModuleType("subject"), types.ModuleType(name)
    package.__path__ = []
    setattr(package, work["subject"]["module"], subject)
    sys.modules |= {"subject": package, name: subject}
    try:
        exec(compile(work["subject"]["text"], "subject.py", "exec", dont_inherit=True), subject.__dict__)
    except Exception as error:
        records.not_loaded("tests", error, "subject.py")
        return None

    def with_explained_asserts(source, shown):
        tree = ast.parse(source, shown)
        rewrite_asserts(tree, source.encode(), shown, config)
        return tree

    return _load("written", work["solution"], work["shown"], records, watch, with_explained_asserts)


def _keep_only(module, test):
    """Takes the other tests away: collecting them costs more than running one."""
    wanted_class, _, wanted = test.partition("::")
    for name, value in list(module.__dict__.items()):
        if isinstance(value, type) and name.startswith("Test") and name != wanted_class:
            delattr(module, name)
    own = getattr(module, wanted_class, None)
    for name in list(vars(own) if own is not None else ()):
        if name.startswith("test_") and name != wanted:
            delattr(own, name)


def _load(name, source, shown, records, watch, parse=lambda source, shown: source):
    """The learner's file as a module; none when it cannot be loaded, which is then reported."""
    # Tracebacks quote the source, which lies in no file of this name that may be read.
    linecache.cache[shown] = (len(source), None, source.splitlines(keepends=True), shown)
    module = types.ModuleType(name)
    module.__file__ = shown
    sys.modules[name] = module
    watch.begin(module)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            code = compile(parse(source, shown), shown, "exec", dont_inherit=True)
        exec(code, module.__dict__)
    except SystemExit as error:
        sys.stdout.flush()
        os._exit(_exit_code(error))
    except BaseException as error:
        records.not_loaded("solution", error, shown)
        return None
    return module


def _exit_code(error):
    code = error.code
    return 0 if code is None else code & 0xFF if isinstance(code, int) else 1
