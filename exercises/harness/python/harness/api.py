"""A fake of a slow service that answers one question at a time per call, as many calls at once as it gets."""

import asyncio
import weakref

from .counter import Counter
from .timeline import Timeline


class ApiError(Exception):
    """The service's answer to a request that it refuses: which id was asked for, and why it was refused."""

    def __init__(self, id, text):
        super().__init__(f"request {id} failed: {text}")
        self.id = id
        self.text = text


class Api:
    """A slow service, which answers "item ID" after one second::

        api = Api().latency(1).reply(7, "Ada").fails(9, "503")
        assert await api.fetch(7) == "Ada"
    """

    def __init__(self):
        self._timeline = Timeline.current()
        self._counter = Counter()
        self._verb = "fetch"
        self._latency = 1.0
        self._latencies = {}
        self._replies = {}
        self._failures = {}
        self._created = []
        self._asked = []
        self._answered = []
        self._unawaited = 0
        self._kept_by_caller = False

    def named(self, verb):
        """The word before the id on the timeline, instead of "fetch"."""
        self._verb = verb
        return self

    def latency(self, latency):
        """How long every answer takes, in seconds; zero means that it takes one turn of the loop."""
        self._latency = latency
        return self

    def latency_of(self, id, latency):
        """How long the answer to this id takes, in seconds."""
        self._latencies[id] = latency
        return self

    def reply(self, id, reply):
        """What the answer to this id is."""
        self._replies[id] = reply
        return self

    def fails(self, id, text):
        """Requests for this id fail with that text, after the usual time."""
        return self.fails_times(id, float("inf"), text)

    def fails_times(self, id, times, text):
        """The first so many requests for this id fail with that text, the others succeed."""
        self._failures[id] = [text, times]
        return self

    def kept_by_its_caller_only(self):
        """Nothing but the task that waits for an answer keeps that task alive, as with many a real client: where nobody has a
        reference to the task, the garbage collector takes it while it waits. (Rust's runtime owns its tasks.)"""
        self._kept_by_caller = True
        return self

    def fetch(self, id):
        """Asks for one item: a coroutine. Nothing happens before it is awaited. Raises `ApiError` when the service refuses."""
        self._created.append(self._timeline.now())
        request = {"awaited": False}
        coroutine = self._answer(id, request)
        coroutine.__name__, coroutine.__qualname__ = "fetch", "Api.fetch"
        weakref.finalize(coroutine, self._thrown_away, request).atexit = False
        return coroutine

    def calls(self):
        """Requests that arrived."""
        return self._counter.calls()

    def in_flight(self):
        """Requests that wait for their answer now."""
        return self._counter.in_flight()

    def max_in_flight(self):
        """The most requests that waited for their answers at one moment."""
        return self._counter.max_in_flight()

    def counter(self):
        """The counter behind the figures, which also knows about windows of time."""
        return self._counter

    def asked(self):
        """The ids in the order in which they were asked for."""
        return list(self._asked)

    def answered(self):
        """The ids in the order in which they were answered (refusals included)."""
        return list(self._answered)

    def created(self):
        """When `fetch` was called, in seconds since the test began. `Counter.arrivals` says when the request was made: later,
        or never, where the coroutine lay unawaited."""
        return list(self._created)

    def unawaited(self):
        """Calls of `fetch` whose coroutine was thrown away before anybody awaited it: no request was made."""
        return self._unawaited

    def spans(self):
        """The bars of this service's requests: those whose label begins with its word."""
        return [span for span in self._timeline.spans() if span.label.startswith(f"{self._verb} ")]

    async def _answer(self, id, request):
        request["awaited"] = True
        self._asked.append(id)
        with self._counter.enter(), self._timeline.begin(f"{self._verb} {id}"):
            latency = self._latencies.get(id, self._latency)
            await (_weak_sleep(latency) if self._kept_by_caller else asyncio.sleep(latency))
            self._answered.append(id)
            failing = self._failures.get(id)
            if failing is not None and failing[1] > 0:
                failing[1] -= 1
                raise ApiError(id, failing[0])
            return self._replies.get(id, f"item {id}")

    def _thrown_away(self, request):
        if not request["awaited"]:
            self._unawaited += 1


async def _weak_sleep(latency):
    """Sleeps without the loop's knowing who does: its timer has only a weak reference to what it wakes."""
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    loop.call_later(latency, _wake, weakref.ref(over))
    await over


def _wake(over):
    future = over()
    if future is not None and not future.done():
        future.set_result(None)
