"""What the tasks did and when: spans and marks, recorded in virtual time by the fakes (and by tests that want more).

A `Timeline` is the record of one test. There is a current one; a fake takes it when it is made and keeps it, so what it
records lands in the timeline of the test that made it. Time is the running loop's clock, counted from the first use, so
under `virtual_time` two runs of the same code give the same figures. Where no loop runs (before and after `asyncio.run`) the
last known time counts. `by_steps` replaces the clock by a count of events, for tests that cannot make time virtual.
"""

import asyncio
import enum
import itertools
import threading
import weakref
from dataclasses import dataclass

from . import protocol

MAX_EVENTS = 2_000
"""Most events a timeline reports, so that a loop without end does not flood the runner: what follows is counted by the
fakes but no longer drawn. A span counts as two, one of them kept for its end."""

_STEP = 0.001
_ids = itertools.count(1)
_current = None


class Outcome(enum.Enum):
    """How a span ended."""

    RUNNING = "begin"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass
class SpanRecord:
    """One bar of the timeline. Times are seconds since the test began; `end` is None while it runs. `task` is the task that
    began it: "main" for the test's own, else "1", "2", ... in the order in which tasks first showed up."""

    label: str
    start: float
    end: float | None
    outcome: Outcome
    task: str
    text: str | None = None


@dataclass
class Mark:
    """A moment worth a line of its own."""

    label: str
    at: float
    task: str


class Span:
    """A bar that has begun. As a context manager it is done at the block's end, failed when the block raises an error, and
    cancelled when the block is cancelled or thrown away."""

    def __init__(self, timeline, record, number):
        self._timeline = timeline
        self._record = record
        self._number = number

    def done(self):
        """Ends the bar: the work was done."""
        self._end(Outcome.DONE)

    def failed(self, text):
        """Ends the bar: the work failed with this text."""
        self._end(Outcome.FAILED, text)

    def cancelled(self):
        """Ends the bar: the work was stopped halfway."""
        self._end(Outcome.CANCELLED)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        if kind is None:
            self.done()
        elif issubclass(kind, Exception):
            self.failed(str(error))
        else:
            self.cancelled()

    def _end(self, outcome, text=None):
        if self._record.outcome is Outcome.RUNNING:
            self._timeline._end(self._record, self._number, outcome, text)


class Timeline:
    """The record of one test."""

    def __init__(self):
        self._lock = threading.RLock()
        self._by_steps = False
        self._epoch = None
        self._last = 0.0
        self._tasks = weakref.WeakKeyDictionary()
        self._seen = itertools.count(1)
        self._first_tasks = weakref.WeakKeyDictionary()
        self._spans = []
        self._marks = []
        self._events = 0

    @staticmethod
    def current():
        """The timeline of the test that runs."""
        return _current if _current is not None else start()

    def begin(self, label):
        """Begins a bar, which lasts until the returned `Span` is ended."""
        with self._lock:
            record = SpanRecord(label, self._tick(), None, Outcome.RUNNING, self._task())
            number = None
            if self._has_room_for(2):
                number = next(_ids)
                self._spans.append(record)
                _emit("span", record.label, record.start, record.task, id=number, what="begin")
            return Span(self, record, number)

    def mark(self, label):
        """Marks a moment."""
        with self._lock:
            mark = Mark(label, self._tick(), self._task())
            if self._has_room_for(1):
                self._marks.append(mark)
                _emit("mark", mark.label, mark.at, mark.task)

    def now(self):
        """Time since the test began; never runs backwards, so that a second loop with a clock of its own is in order."""
        with self._lock:
            if not self._by_steps:
                loop = asyncio._get_running_loop()
                if loop is not None:
                    if self._epoch is None:
                        self._epoch = loop.time()
                    self._last = max(self._last, round(loop.time() - self._epoch, 6))
            return self._last

    def spans(self):
        """Every span so far, in the order in which they began."""
        return list(self._spans)

    def marks(self):
        """Every mark so far, in order."""
        return list(self._marks)

    def _tick(self):
        now = self.now()
        if self._by_steps:
            self._last = round(self._last + _STEP, 6)
        return now

    def _has_room_for(self, events):
        room = self._events + events <= MAX_EVENTS
        if room:
            self._events += events
        return room

    def _task(self):
        loop = asyncio._get_running_loop()
        task = asyncio.current_task(loop) if loop is not None else None
        if task is None or self._is_main(loop, task):
            return "main"
        if task not in self._tasks:
            self._tasks[task] = str(next(self._seen))
        return self._tasks[task]

    def _is_main(self, loop, task):
        if hasattr(loop, "is_main"):
            return loop.is_main(task)
        # The learner's own loop: the first task that shows up is taken to be the one that it was run for.
        return self._first_tasks.setdefault(loop, weakref.ref(task))() is task

    def _end(self, record, number, outcome, text):
        with self._lock:
            record.end = self._tick()
            record.outcome = outcome
            record.text = text
            if number is not None:
                more = {} if text is None else {"text": text}
                _emit("span", record.label, record.end, record.task, id=number, what=outcome.value, **more)


def start():
    """Begins a fresh timeline. The plugin calls it as a test begins."""
    global _current
    _current = Timeline()
    return _current


def by_steps():
    """Counts events instead of time on the current timeline, each a millisecond long: for tests that drive a loop whose
    clock they cannot make virtual, so that the picture is the same in every run."""
    Timeline.current()._by_steps = True


def begin(label):
    """`Timeline.begin` on the current timeline."""
    return Timeline.current().begin(label)


def mark(label):
    """`Timeline.mark` on the current timeline."""
    Timeline.current().mark(label)


def spans():
    """`Timeline.spans` of the current timeline."""
    return Timeline.current().spans()


def marks():
    """`Timeline.marks` of the current timeline."""
    return Timeline.current().marks()


def _emit(event, label, at, task, **more):
    protocol.emit({"event": event, "label": label, "at_us": round(at * 1e6), "task": task, **more})
