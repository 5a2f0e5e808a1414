import inspect

from harness import Raised, Server, caught_in, expect, same, timeline
from solution import run

EXPECTED = "Ada: 555-0100"


def server():
    timeline.by_steps()
    return Server().answers("on duty", "Ada").answers("phone of Ada", "555-0100").answers("phone of Bob", "555-0199")


def started_once(server):
    """Runs the program and fails the test unless async code was started once, and by asyncio."""
    line = caught_in(lambda: run(server))
    if isinstance(line, Raised):
        expect(not line.is_nested_run(), "nested-runtime", line, 1)
    expect(server.polled_outside() == 0, "driven-by-hand", server.polled_outside(), 0)
    expect(server.loops() <= 1, "one-run-per-call", server.loops(), 1)
    expect(server.left_open() == 0, "loop-left-open", server.left_open(), 0)
    if isinstance(line, Raised):
        line.again()
    if inspect.iscoroutine(line):
        line.close()
        expect(False, "run-is-async", type(line).__name__, "str")
    return line


class TestPatterns:
    def test_starts_async_code_once(self):
        started_once(server())

    def test_returns_the_line(self):
        line = started_once(server())
        expect(same(line, EXPECTED), "other-answer", repr(line), repr(EXPECTED))
        tomorrow = server().answers("on duty", "Bob")
        line = started_once(tomorrow)
        expect(same(line, "Bob: 555-0199"), "other-answer", repr(line), repr("Bob: 555-0199"))

    def test_opens_one_connection(self):
        today = server()
        started_once(today)
        expect(today.connections() == 1, "too-many-connections", today.connections(), 1)
