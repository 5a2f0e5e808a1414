"""What a test's process tells the runner: one JSON object a line, each with the nonce."""

import json
import os
import threading

from . import trace

_LONGEST = 2_000
"""The longest text in a record, in characters; the rest is cut."""

_FROM_ANYONE = ("deadlock", "mark", "phase", "span")
"""The kinds of record that the harness may send; a result is not among them."""


class Records:
    """The way to the runner. The nonce lives in closures only."""

    def __init__(self, channel, nonce, test):
        lock = threading.Lock()

        def send(record):
            line = json.dumps({**record, "nonce": nonce}).encode() + b"\n"
            with lock:
                while line:
                    line = line[os.write(channel, line) :]

        def emit(record):
            if record.get("event") in _FROM_ANYONE:
                send(record)

        self._send = send
        self._test = test
        self.emit = emit

    def start(self):
        """The test begins."""
        self._send({"event": "start", "test": self._test})

    def unknown_test(self):
        """The hidden tests have no such test."""
        self._send({"event": "unknown-test", "test": self._test})

    def polls(self, polls):
        """The longest that the loop was kept from going on."""
        blocked, busy = (round(value * 1e6) for value in polls)
        self._send({"event": "polls", "longest_blocked_us": blocked, "longest_busy_us": busy})

    def passed(self):
        """The test passed."""
        self._send({"event": "pass", "test": self._test})

    def tampered(self, what):
        """The result does not count."""
        self._send({"event": "tampered", "what": cut(what)})

    def not_loaded(self, part, error, shown):
        """A file could not be loaded: `part` is "solution" or "tests"."""
        line, column = trace.place(error, shown)
        rendered = cut(trace.shortened(error, shown), 4 * _LONGEST)
        message = cut(trace.last_line(error))
        record = {"event": "not-loaded", "part": part, "message": message, "line": line, "column": column}
        self._send({**record, "rendered": rendered, "trace": cut(trace.whole(error, shown), 4 * _LONGEST)})

    def fail(self, error, shown, failure=None):
        """The test failed by an exception; `failure` is the expectation that was not met, if one was not."""
        record = {"event": "fail", "test": self._test, "text": cut(trace.shortened(error, shown))}
        record["trace"] = cut(trace.whole(error, shown), 4 * _LONGEST)
        if failure is not None:
            record |= {key: cut(value) for key, value in failure._asdict().items()}
        self._send(record)


def cut(text, longest=_LONGEST):
    return text if len(text) <= longest else f"{text[:longest]} ..."
