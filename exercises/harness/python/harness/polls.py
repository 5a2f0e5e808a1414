"""Does async code block its thread, or keep it busy, between two awaits?

A good coroutine comes back to its loop within microseconds. What makes it stay is told apart: *blocked*, the thread slept
or waited for something (`time.sleep`, a lock, a file), and *busy*, it computed. A machine that is busy with something else
adds to neither (see `thread_time`), so a threshold of 20 ms is safe.
"""

from typing import NamedTuple

from .thread_time import Reading


class Polls(NamedTuple):
    """The longest that a thread did not come back to its loop, in seconds."""

    longest_blocked: float = 0.0
    longest_busy: float = 0.0

    def and_spent(self, spent):
        """The longest of both."""
        return Polls(max(self.longest_blocked, spent.blocked), max(self.longest_busy, spent.busy))


class _Seen:
    awake_since = None
    since_watch = Polls()
    ever = None


async def watch(awaitable):
    """Awaits and says how long the loop was kept from going on: `(result, Polls)`. Tasks that it starts are covered too.

    Works on the loops of this harness: those of `virtual_time` and of all other async hidden tests.
    """
    _close_stretch()
    _Seen.since_watch = Polls()
    result = await awaitable
    _close_stretch()
    return result, _Seen.since_watch


def longest():
    """The longest of the whole process; none where no loop of the harness ran."""
    return _Seen.ever


def on_unpark():
    """For a loop: it goes to work."""
    _Seen.awake_since = Reading()


def on_park():
    """For a loop: it has nothing to do. All callbacks since `on_unpark` count as one stretch; a few short ones add up to
    microseconds."""
    if _Seen.awake_since is None:
        return
    spent = _Seen.awake_since.spent()
    _Seen.awake_since = None
    _Seen.since_watch = _Seen.since_watch.and_spent(spent)
    _Seen.ever = (_Seen.ever or Polls()).and_spent(spent)


def _close_stretch():
    if _Seen.awake_since is not None:
        on_park()
        on_unpark()
