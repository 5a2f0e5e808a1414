"""A fake of a library that knows nothing of async: a call blocks the thread that makes it, as files, devices and old drivers
do, or keeps it computing.

Use it in tests without `virtual_time`: what counts are threads and calls, not times.
"""

import asyncio
import pickle
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NamedTuple

from .timeline import Timeline

_here = threading.local()


class LibraryCall(NamedTuple):
    """A call that was made.

    `on_loop` says whether it was made on the thread that made the library, which in a hidden test is the one that drives the
    loop; `in_task`, whether a task other than the test's own made it there; `on_cores`, whether it was made on `Cores`; `at`
    is when it began, in real seconds of `time.monotonic`.
    """

    id: int
    on_loop: bool
    in_task: bool
    on_cores: bool
    at: float


class Library:
    """A blocking library, whose calls take 30 ms::

        library = Library().crowd(5, 0.25)
        # ... the learner's pool of four makes twelve calls ...
        assert library.max_inside() == 4
    """

    def __init__(self):
        self._timeline = Timeline.current()
        self._home = threading.get_ident()
        self._changed = threading.Condition()
        self._takes = 0.03
        self._crowd = None
        self._calls = []
        self._inside = 0
        self._max_inside = 0
        self._waiting = []

    def takes(self, takes):
        """How long each call takes, in real seconds."""
        self._takes = takes
        return self

    def crowd(self, size, patience):
        """Keeps every call inside until so many are inside at the same time, or until `patience` has passed (in real
        seconds); from then on calls return at once. To show that more than n are never inside, wait for n + 1: a right answer
        costs the patience, and can never fail. To show that n can be, wait for n, with more patience than any machine needs.
        Said again, it holds from then on, also for those inside."""
        with self._changed:
            self._crowd = _Crowd(size, patience)
            self._changed.notify_all()
        return self

    def call(self, id):
        """Asks the library, and blocks this thread until it answers "answer ID"."""
        with self._timeline.begin(f"call {id}"):
            with self._changed:
                self._enter(id)
                keeps = self._crowd is not None
                self._wait_for_crowd()
            if not keeps:
                time.sleep(self._takes)
            self._leave()
        return f"answer {id}"

    def compute(self, id):
        """Computes for 40 ms of processor time; the answer is "sum ID". On `Cores` the thread sleeps instead: another process
        would not take this one's interpreter lock."""
        with self._timeline.begin(f"compute {id}"):
            with self._changed:
                self._enter(id)
            if getattr(_here, "on_cores", False):
                time.sleep(0.04)
            else:
                _compute_for(0.04)
            self._leave()
        return f"sum {id}"

    def calls(self):
        """The calls so far, in the order in which they began."""
        return list(self._calls)

    def call_of(self, id):
        """The call of an id, or None if it was not made."""
        return next((call for call in self._calls if call.id == id), None)

    def max_inside(self):
        """The most threads that were inside at one moment."""
        return self._max_inside

    async def until_inside(self, count):
        """Waits, without blocking, until so many threads are inside."""
        loop = asyncio.get_running_loop()
        with self._changed:
            if self._inside == count:
                return
            reached = loop.create_future()
            self._waiting.append((count, loop, reached))
        await reached

    def _enter(self, id):
        on_loop = threading.get_ident() == self._home
        on_cores = getattr(_here, "on_cores", False)
        self._calls.append(LibraryCall(id, on_loop, on_loop and _in_task(), on_cores, time.monotonic()))
        self._count(+1)
        self._max_inside = max(self._max_inside, self._inside)

    def _leave(self):
        with self._changed:
            self._count(-1)

    def _count(self, change):
        self._inside += change
        self._changed.notify_all()
        for waiting in [waiting for waiting in self._waiting if waiting[0] == self._inside]:
            self._waiting.remove(waiting)
            _, loop, reached = waiting
            loop.call_soon_threadsafe(_fulfil, reached)

    def _wait_for_crowd(self):
        while (crowd := self._crowd) is not None:
            left = crowd.left()
            if self._inside >= crowd.size or left <= 0:
                # Whoever comes from now on is not kept.
                self._crowd, self._takes = None, 0
                self._changed.notify_all()
            else:
                self._changed.wait(left)


class _Crowd:
    def __init__(self, size, patience):
        self.size = size
        self._patience = patience
        self._until = None

    def left(self):
        """Patience that is left, in seconds: it begins with the first who waits."""
        if self._until is None:
            self._until = time.monotonic() + self._patience
        return self._until - time.monotonic()


class Cores(Executor):
    """Stands for a `ProcessPoolExecutor` where tests may start no processes: it takes what such a pool takes, and the library
    knows what was computed on it. (Rust needs no such pool: its threads compute in parallel.)"""

    def __init__(self):
        self._workers = ThreadPoolExecutor(max_workers=2)

    def submit(self, function, /, *args, **options):
        """Runs a function with its arguments; as for another process, it must be one that can be found by its name."""
        name = getattr(function, "__qualname__", "")
        if "<lambda>" in name or "<locals>" in name:
            raise pickle.PicklingError(f"Can't pickle {function!r}: it's not found as {name}")
        return self._workers.submit(_on_cores, function, args, options)


def _on_cores(function, args, options):
    _here.on_cores = True
    return function(*args, **options)


def _compute_for(seconds):
    start = time.thread_time()
    while time.thread_time() - start < seconds:
        pass


def _in_task():
    loop = asyncio._get_running_loop()
    task = asyncio.current_task(loop) if loop is not None else None
    return task is not None and not (hasattr(loop, "is_main") and loop.is_main(task))


def _fulfil(reached):
    if not reached.done():
        reached.set_result(None)
