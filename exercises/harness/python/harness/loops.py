"""Event loops for tests: one that is watched, and one whose time is virtual.

`VirtualLoop` waits for nothing: where an ordinary loop would sleep until its next timer, it moves its clock there. It
counts jobs of executors, and waits in real time while one runs, without moving the clock. Where nothing is ready, no timer
is left and no job runs, nothing could ever happen: it says so at once, by `Deadlock`.
"""

import asyncio
import selectors
import weakref

from . import polls, protocol
from .deadlock import Deadlock

FOREVER = 2 * 24 * 60 * 60.0
"""Virtual seconds after which a test waits for what never comes, in a loop. Longer than the virtual day that a hidden test
may use as a limit of its own."""

_REAL_WAIT = 0.02
"""Real seconds that a socket gets before virtual time moves on."""


class _Selector(selectors.BaseSelector):
    """Asks its loop how to wait, and tells `polls` when the loop has nothing to do."""

    def __init__(self):
        self.real = selectors.DefaultSelector()
        self.wait = self.real.select

    def select(self, timeout=None):
        polls.on_park()
        try:
            return self.wait(timeout)
        finally:
            polls.on_unpark()

    def register(self, fileobj, events, data=None):
        return self.real.register(fileobj, events, data)

    def unregister(self, fileobj):
        return self.real.unregister(fileobj)

    def modify(self, fileobj, events, data=None):
        return self.real.modify(fileobj, events, data)

    def get_map(self):
        return self.real.get_map()

    def close(self):
        self.real.close()


class WatchedLoop(asyncio.SelectorEventLoop):
    """An ordinary loop that knows its main task and how long its callbacks take."""

    def __init__(self):
        self._mains = weakref.WeakSet()
        super().__init__(_Selector())

    def create_task(self, coro, **options):
        task = super().create_task(coro, **options)
        if not self.is_running():
            # Made from outside: by `asyncio.Runner.run`, for the test itself.
            self._mains.add(task)
        return task

    def is_main(self, task):
        """Whether a task is the one that the loop was run for."""
        return task in self._mains

    def run_forever(self):
        polls.on_unpark()
        try:
            super().run_forever()
        finally:
            polls.on_park()


class VirtualLoop(WatchedLoop):
    """A loop whose clock moves only when there is nothing else to do."""

    def __init__(self):
        self._now = 0.0
        self._jobs = 0
        super().__init__()
        self._selector.wait = self._wait
        # Timers that rounding has torn apart by less than a microsecond are due together.
        self._clock_resolution = 1e-6

    def time(self):
        return self._now

    def run_in_executor(self, executor, func, *args):
        future = super().run_in_executor(executor, func, *args)
        self._jobs += 1
        future.add_done_callback(self._job_ended)
        return future

    async def shutdown_default_executor(self, *args, **options):
        # It waits for a thread of its own.
        self._jobs += 1
        try:
            await super().shutdown_default_executor(*args, **options)
        finally:
            self._jobs -= 1

    def _job_ended(self, _future):
        self._jobs -= 1

    def _wait(self, timeout):
        real = self._selector.real
        ready = real.select(0)
        if ready or timeout == 0:
            return ready
        # The loop's own pipe, by which threads wake it, is always there.
        sockets = len(real.get_map()) > 1
        if self._jobs > 0 or (sockets and timeout is None):
            return real.select(None)
        if sockets:
            ready = real.select(_REAL_WAIT)
            if ready:
                return ready
        if timeout is None or self._now > FOREVER:
            protocol.emit({"event": "deadlock"})
            raise Deadlock
        self._now += timeout
        return ready
