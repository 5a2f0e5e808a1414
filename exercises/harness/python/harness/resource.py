"""A fake resource that must be closed: a connection, a file, a lease."""

import asyncio
import gc

from .timeline import Timeline


class Resource:
    """Hands out things that must be closed, and knows which were not."""

    def __init__(self, name):
        """A kind of thing, by the name that the timeline shows; opening, working and closing take 0.1 s each."""
        self._name = name
        self._timeline = Timeline.current()
        self._each_step = 0.1
        self._opened = 0
        self._closed = 0
        self._leaked = 0

    def latency(self, each_step):
        """How long opening, working and closing take each, in seconds."""
        self._each_step = each_step
        return self

    async def open(self):
        """Opens one. Cancelled meanwhile, nothing was opened."""
        await asyncio.sleep(self._each_step)
        self._opened += 1
        return Opened(self, self._opened, self._timeline.begin(f"{self._name} {self._opened}"))

    def opened(self):
        """How many were opened."""
        return self._opened

    def closed(self):
        """How many were closed, to the end of closing."""
        return self._closed

    def leaked(self):
        """How many were lost without being closed to the end: nobody has them any more."""
        gc.collect()
        return self._leaked

    def open_now(self):
        """How many are open now."""
        return self._opened - self._closed - self.leaked()


class Opened:
    """One that was opened. Lost without `close` or `close_now` it counts as leaked."""

    def __init__(self, resource, number, span):
        self._resource = resource
        self._number = number
        self._span = span

    def number(self):
        """Its number, from 1, in the order of opening."""
        return self._number

    async def work(self):
        """Uses it for a while."""
        resource = self._resource
        with resource._timeline.begin(f"use {resource._name} {self._number}"):
            await asyncio.sleep(resource._each_step)

    async def close(self):
        """Closes it. Cancelled meanwhile, it was not closed."""
        await asyncio.sleep(self._resource._each_step)
        self.close_now()

    def close_now(self):
        """Closes it at once, without the farewell that takes time. Closing again does nothing."""
        if self._span is not None:
            self._resource._closed += 1
            self._span.done()
            self._span = None

    def __del__(self):
        if self._span is not None:
            self._resource._leaked += 1
            self._span.cancelled()
