"""A pytest plugin that tells how the tests went, one JSON line per event, and how long callbacks took.

Loaded by `awaitlings review --run-tests`. It changes no test: it only listens, and takes the time of each callback
that an event loop of the standard library runs.
"""

import asyncio
import asyncio.events
import functools
import json
import os
import time

PATH = os.environ.get("AWAITLINGS_REVIEW_PROBE")
current = ""
longest = {"took_ms": 0.0}
callbacks = 0


def tell(event, **fields):
    if PATH:
        with open(PATH, "a", encoding="utf-8") as file:
            file.write(json.dumps({"event": event, **fields}) + "\n")


def name_of(handle):
    """What a handle runs: the coroutine of a task, or a function, with its place."""
    callback = handle._callback
    owner = getattr(callback, "__self__", None)
    coroutine = owner.get_coro() if isinstance(owner, asyncio.Task) else None
    if coroutine is not None:
        code = getattr(coroutine, "cr_code", None) or getattr(coroutine, "gi_code", None)
        name = getattr(coroutine, "__qualname__", repr(coroutine))
    else:
        while isinstance(callback, functools.partial):
            callback = callback.func
        code = getattr(callback, "__code__", None)
        name = getattr(callback, "__qualname__", type(callback).__name__)
    if code is None:
        return name
    return f"{name} at {os.path.relpath(code.co_filename)}:{code.co_firstlineno}"


def timed(run):
    @functools.wraps(run)
    def run_and_time(handle):
        global callbacks
        # Asked before it runs: a handle lets go of what it ran.
        callbacks += 1
        wall, computed = time.perf_counter(), time.thread_time()
        try:
            return run(handle)
        finally:
            took = (time.perf_counter() - wall) * 1000
            if took > longest["took_ms"]:
                computed = (time.thread_time() - computed) * 1000
                longest.update(took_ms=took, computed_ms=computed, what=name_of(handle), test=current)

    return run_and_time


asyncio.events.Handle._run = timed(asyncio.events.Handle._run)


def pytest_runtest_logstart(nodeid, location):
    global current
    current = nodeid


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        # A skipped test has no call, and one that fails while it is set up or torn down has failed.
        tell("test", name=report.nodeid, outcome=report.outcome)


def pytest_collectreport(report):
    if report.failed:
        tell("test", name=report.nodeid or "collection", outcome="failed")


def pytest_warning_recorded(warning_message, when, nodeid, location):
    text = str(warning_message.message)
    if "was never awaited" in text:
        tell("never-awaited", text=text.splitlines()[0][:300] if text.startswith("coroutine") else text[:300], test=nodeid)


def pytest_sessionfinish(session, exitstatus):
    if hasattr(session.config, "workerinput"):
        return
    if callbacks:
        tell("longest", **longest)
    tell("end", exit=int(exitstatus))
