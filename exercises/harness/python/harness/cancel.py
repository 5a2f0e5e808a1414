"""Cancellation at every await: does the code clean up wherever it is cancelled?"""

import asyncio
import inspect
from collections.abc import Coroutine
from typing import NamedTuple

MOST_POLLS = 1_000
"""More awaits than any exercise has: a coroutine that needs more is taken to have no end."""


class Cancelled(NamedTuple):
    """It was cancelled at the await that this many polls had brought it to, and stayed cancelled."""

    polls: int


class Completed(NamedTuple):
    """It came to its end in this many polls, uncancelled."""

    polls: int


class Swallowed(NamedTuple):
    """It was cancelled at the await that this many polls had brought it to, and went on as if it had not been. (Rust has no
    such ending: a dropped future runs no further.)"""

    polls: int


class _Counted(Coroutine):
    """A coroutine whose polls are counted, and which cancels its task after a given number."""

    def __init__(self, coroutine, limit):
        self._coroutine = coroutine
        self._limit = limit
        self.polls = 0
        self.task = None

    def send(self, value):
        self.polls += 1
        pending = self._coroutine.send(value)
        self._arrived()
        return pending

    def throw(self, *error):
        pending = self._coroutine.throw(*error)
        return pending

    def close(self):
        self._coroutine.close()

    def __await__(self):
        return self._coroutine.__await__()

    def _arrived(self):
        if self.polls == self._limit:
            self.task.get_loop().call_soon(self.task.cancel)


async def at_every_await(make, check):
    """Makes a coroutine and cancels it at its first await; makes another and cancels it at its second; and so on, until one
    comes to its end. After each, `check(ending)` says whether everything is as it should be; it may be async. Returns in
    how many places it was cancelled."""
    for limit in range(1, MOST_POLLS + 1):
        ending = await _poll_at_most(limit, make())
        checked = check(ending)
        if inspect.isawaitable(checked):
            await checked
        if isinstance(ending, Completed):
            return limit - 1
    raise AssertionError(f"not at its end after {MOST_POLLS} polls: does it loop for ever?")


async def _poll_at_most(limit, coroutine):
    counted = _Counted(coroutine, limit)
    task = counted.task = asyncio.get_running_loop().create_task(counted)
    await asyncio.wait([task])
    if task.cancelled():
        return Cancelled(limit)
    task.result()
    if task.cancelling():
        return Swallowed(limit)
    return Completed(counted.polls)
