//! A verdict on Python comes about in one way only. In-process Python is tamper-evident, not tamper-proof: these are the
//! ways that are noticed.

mod python;

use awaitlings::runner::verdict::{Crash, Part};
use awaitlings::runner::{Kind, Outcome};
use python::Seen::{Crashes, DoesNotCompile, Fails, Passes, Tampers};
use python::{Place, SHOWN, after, answering, case};

const EXIT_0: Crash = Crash::EndedEarly { code: 0 };

#[test]
fn a_process_that_ends_early_has_passed_nothing() {
    let ends = |what, source| case(what, source, [Crashes(EXIT_0)]);
    Place::new().judge_all([
        ends("by os._exit", answering("import os\nos._exit(0)")),
        ends("by sys.exit", answering("import sys\nsys.exit(0)")),
        ends("by SystemExit in a task", answering("import asyncio\nasync def end(): raise SystemExit\nawait asyncio.create_task(end())")),
        ends("while it is loaded, by os._exit", after("import os; os._exit(0)")),
        ends("while it is loaded, by exit", after("exit(0)")),
        ends("in a thread", answering("import os, threading\nthread = threading.Thread(target=os._exit, args=[0])\nthread.start()\nthread.join()")),
        case("with another code", answering("raise SystemExit(7)"), [Crashes(Crash::EndedEarly { code: 7 })]),
        case("by an abort", answering("import os\nos.abort()"), [Crashes(Crash::Signal { signal: 6 })]),
    ]);
}

#[test]
fn correct_solutions_pass_whatever_else_they_leave() {
    let passes = |what, source| case(what, source, [Passes]);
    Place::new().judge_all([
        passes("nothing else", after("")),
        passes("a thread that never ends", answering("import threading\nthreading.Thread(target=threading.Event().wait).start()\nreturn 42")),
        passes("something at the end of the program", after("import atexit, os; atexit.register(os._exit, 3)")),
        passes("a task that raises", answering("import asyncio\nasync def fail(): raise ValueError\ntask = asyncio.create_task(fail())\nawait asyncio.sleep(0)\nreturn 42")),
        passes("a task that goes on", answering("import asyncio\ntask = asyncio.create_task(asyncio.sleep(3600))\nreturn 42")),
        passes("a lot of text", answering("print('x' * 1_000_000)\nreturn 42")),
        passes("a closed standard output", answering("import sys\nsys.stdout.close()\nreturn 42")),
        passes("mocks that were put back", answering("from unittest import mock\nimport asyncio\nwith mock.patch('asyncio.sleep'):\n    pass\nreturn 42")),
        passes("a log", answering("import logging\nlogging.warning('hello')\nreturn 42")),
        passes("a name tuple and a data class", after("import collections, dataclasses\nPoint = collections.namedtuple('Point', 'x y')\n@dataclasses.dataclass\nclass Other:\n    x: int = 0")),
    ]);
}

#[test]
fn what_is_printed_or_sent_without_the_nonce_is_no_result() {
    let pass = r#"{"event": "pass", "test": "TestPatterns::test_answers", "nonce": "0"}"#;
    Place::new().judge_all([
        case("printed", answering(&format!("print('{pass}')\nprint('2 passed in 0.01s')\nreturn 41")), [Fails("wrong-answer"), Fails("not 42")]),
        case(
            "written to every descriptor",
            answering(&format!("import os\nfor number in range(3, 64):\n    try:\n        os.write(number, b'{pass}\\n')\n    except OSError:\n        pass\nreturn 42")),
            [Tampers],
        ),
        case("sent through the harness", answering("from harness import protocol\nprotocol.emit({'event': 'pass'})\nreturn 41"), [Fails("wrong-answer"), Fails("not 42")]),
        case("said to equal everything", answering("class Same:\n    def __eq__(self, other): return True\nreturn Same()"), [Fails("wrong-answer"), Passes]),
    ]);
}

#[test]
fn tests_that_are_skipped_or_stopped_count_for_nothing() {
    let tampers = |what, source| case(what, source, [Tampers]);
    Place::new().judge_all([
        tampers("skipped", answering("import pytest\npytest.skip('not today')")),
        tampers("expected to fail", answering("import pytest\npytest.xfail('not today')")),
        tampers("told to stop", answering("import pytest\npytest.exit('enough')")),
    ]);
}

#[test]
fn what_the_verdict_rests_on_may_not_be_replaced() {
    let tampers = |what, lines| case(what, after(lines), [Tampers]);
    Place::new().judge_all([
        tampers("the harness's assertion", "import harness\nharness.expect = lambda *_: None"),
        tampers("a method of a fake", "import harness\nharness.Api.calls = lambda self: 1"),
        tampers(
            "the code of a function",
            "import harness\nharness.same.__code__ = (lambda value, expected: True).__code__",
        ),
        tampers("a part of asyncio", "import asyncio\nasyncio.sleep = lambda *_: None"),
        tampers("a part of pytest", "import _pytest.runner\n_pytest.runner.call_and_report = lambda *_, **__: None"),
        tampers("pytest's hooks", "import _pytest.runner\n_pytest.runner.pytest_runtest_call = lambda item: None"),
        tampers("a built-in function", "import builtins\nbuiltins.repr = lambda _: 'x'"),
        tampers("a whole module", "import sys, types\nsys.modules['harness.expectation'] = types.ModuleType('x')"),
    ]);
}

#[test]
fn a_solution_that_looks_for_the_tests_is_noticed() {
    let tampers = |what, body| case(what, answering(&format!("{body}\nreturn 42")), [Tampers]);
    Place::new().judge_all([
        tampers("among all objects", "import gc\ngc.get_objects()"),
        tampers("by who refers to what", "import gc\ngc.get_referrers(answer)"),
        tampers("in the frames of its callers", "import sys\nsys._getframe(1)"),
        tampers("in the frames, by inspect", "import inspect\ninspect.currentframe().f_back"),
        tampers(
            "in the frames of an error",
            "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    error.__traceback__.tb_frame",
        ),
        tampers("with a tracer", "import sys\nsys.settrace(None)"),
        tampers("in its own memory", "try:\n    open('/proc/self/mem', 'rb')\nexcept OSError:\n    pass"),
        tampers("by calls of C", "import ctypes\nctypes.CDLL(None)"),
    ]);
}

#[test]
fn the_tests_lie_in_no_file() {
    let fails = |what, body: &str, says| case(what, answering(&format!("{body}\nreturn 42")), [Fails(says)]);
    Place::new().judge_all([
        fails("of their name", "open('hidden.py')", "FileNotFoundError"),
        fails("beside the solution", "import inspect, sys\ninspect.getsource(sys.modules['hidden'])", "KeyError"),
        fails("in the person's folders", "import os\nos.listdir('/home')", "PermissionError"),
        fails("in the folder for temporary files", "import os\nos.listdir('/tmp')", "PermissionError"),
    ]);
}

#[test]
fn a_file_that_cannot_be_loaded_is_shown_at_its_place() {
    let place = Place::new();
    let broken = |what, source: &str, says| case(what, source, [DoesNotCompile(Part::Solution, says)]);
    place.judge_all([
        broken("syntax", "async def answer(:\n", "SyntaxError"),
        broken("indentation", "def f():\nreturn 1\n", "IndentationError"),
        broken("await outside", "import asyncio\nawait asyncio.sleep(1)\n", "'await' outside function"),
        broken("a module that is not there", "import requests_of_nobody\n", "ModuleNotFoundError"),
        broken("a name that is not there", "answr\n", "NameError"),
        broken("a zero byte", "a = 1\0\n", "null byte"),
        broken("deep nesting", &format!("a = {}{}\n", "(".repeat(500), ")".repeat(500)), "too many nested parentheses"),
        case(
            "another name",
            "async def anwser(): return 42\n",
            [DoesNotCompile(Part::Tests, "cannot import name 'answer'")],
        ),
    ]);
    let verdict = place.judge("import asyncio\n\nasync def answer():\n    retrun 42\n");
    let error = &verdict.diagnostics[0];
    assert_eq!((error.file.as_deref(), error.line, error.column), (Some(SHOWN), Some(4), Some(12)), "{error:#?}");
    assert!(error.rendered.contains("retrun 42"), "{error:#?}");
}

#[test]
fn tracebacks_show_the_learners_frames_and_keep_the_whole() {
    let verdict = Place::new().judge("def inner():\n    return {}['x']\n\n\nasync def answer():\n    return inner()\n");
    assert_eq!(verdict.kind, Kind::Failed);
    let Outcome::Failed { failure } = &verdict.tests[0].outcome else { panic!("{verdict:#?}") };
    let frames: Vec<&str> = failure.text.lines().filter(|line| line.starts_with("  File")).collect();
    let own = |line: u32, name: &str| format!("  File \"{SHOWN}\", line {line}, in {name}");
    assert_eq!(frames, [own(6, "answer"), own(2, "inner")], "{}", failure.text);
    assert!(failure.text.ends_with("KeyError: 'x'\n"), "{}", failure.text);
    let whole = failure.trace.as_deref().unwrap_or_default();
    assert!(whole.contains("File \"hidden.py\", line 10, in test_answers"), "{whole}");
}

#[test]
fn a_forgotten_await_fails() {
    let source = "import asyncio\n\n\nasync def answer():\n    asyncio.sleep(1)\n    return 42\n";
    Place::new().judge_all([case("forgotten", source, [Fails("coroutine 'sleep' was never awaited")])]);
}
