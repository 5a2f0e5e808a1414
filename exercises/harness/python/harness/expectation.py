"""The assertion of hidden tests: it quotes two figures and names the sentence that explains them."""

import sys
from typing import NamedTuple

_failures = []


class Failure(NamedTuple):
    """What a failed `expect` has to say.

    `message` is a key of `[messages.*]` in `exercise.toml`; `did` and `expected` are figures, the same in every language;
    `location` is where the expectation stands: `file:line`.
    """

    message: str
    did: str
    expected: str
    location: str


class ExpectationNotMet(AssertionError):
    """What a failed `expect` raises."""

    def __init__(self, failure):
        self.failure = failure
        super().__init__(f"expectation not met: {failure.message}\n     did: {failure.did}\nexpected: {failure.expected}")


def expect(holds, message, did, expected):
    """Fails the test unless `holds`, with the sentence `message` of `exercise.toml`, into which `did` and `expected` go.

    `did` and `expected` are figures that need no translation ("5.0 s", 3, `["a", "b"]`); see `seconds` and `listed`.
    """
    if holds is True:
        return
    caller = sys._getframe(1)
    location = f"{caller.f_code.co_filename.rpartition('/')[2]}:{caller.f_lineno}"
    failure = Failure(message, str(did), str(expected), location)
    _failures.append(failure)
    raise ExpectationNotMet(failure)


def take_failure():
    """The first failed expectation, which explains the rest; meant for the runner."""
    return _failures[0] if _failures else None


def forget_failures():
    """Begins afresh, for another test in the same process."""
    _failures.clear()


def same(value, expected):
    """Whether a value is of the expected type and equal, all the way down. What the learner's own classes say about
    equality does not count."""
    if type(value) is not type(expected):
        return False
    if isinstance(expected, (list, tuple)):
        return len(value) == len(expected) and all(map(same, value, expected))
    if isinstance(expected, dict):
        return same(sorted(value), sorted(expected)) and all(same(value[key], expected[key]) for key in expected)
    return value == expected


def seconds(duration):
    """A duration as hidden tests quote it: seconds with one decimal ("5.0 s"), milliseconds below a tenth of a second."""
    if duration == 0 or duration >= 0.1:
        return f"{duration:.1f} s"
    return f"{int(duration * 1000)} ms"


def listed(items):
    """Items as hidden tests quote them: `[a, b, c]`. What is no list is quoted as it is."""
    if not isinstance(items, (list, tuple)):
        return repr(items)
    return "[" + ", ".join(str(item) for item in items) + "]"
