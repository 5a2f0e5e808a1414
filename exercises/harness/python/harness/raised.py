"""Exceptions of the learner's code, caught so that a test can say what they mean."""

import asyncio

from .deadlock import Deadlock
from .expectation import ExpectationNotMet

_NESTED = (
    "cannot be called from a running event loop",
    "event loop is already running",
    "while another loop is running",
)


class Raised:
    """An exception that was caught; `error` is the exception itself."""

    def __init__(self, error):
        self.error = error

    def says(self, part):
        """Whether the text contains `part`."""
        return part in f"{type(self.error).__name__}: {self.error}"

    def is_nested_run(self):
        """Whether this is what asyncio says of a thread that already runs async code and is told to run some more."""
        return any(self.says(part) for part in _NESTED)

    def again(self):
        """Raises it again."""
        raise self.error

    def __str__(self):
        """The first line."""
        text = f"{type(self.error).__name__}: {self.error}"
        return text.splitlines()[0].rstrip(": ")


async def caught(awaitable):
    """Awaits; an exception in it becomes a `Raised`. A failed `expect` and a cancellation go on as they are."""
    try:
        return await awaitable
    except (ExpectationNotMet, Deadlock):
        raise
    except Exception as error:
        return Raised(error)


def caught_in(function):
    """Calls; an exception in it becomes a `Raised`. A failed `expect` goes on as it is."""
    try:
        return function()
    except (ExpectationNotMet, Deadlock):
        raise
    except (Exception, asyncio.CancelledError) as error:
        return Raised(error)
