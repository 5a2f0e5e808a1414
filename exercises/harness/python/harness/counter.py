"""How many calls, how many at once, how many in any window of time."""

from contextlib import contextmanager

from .timeline import Timeline


class Counter:
    """Counts what goes in and out of a fake."""

    def __init__(self):
        self._timeline = Timeline.current()
        self._arrivals = []
        self._in_flight = 0
        self._max_in_flight = 0

    @contextmanager
    def enter(self):
        """Counts a call, which lasts as long as the block."""
        self._arrivals.append(self._timeline.now())
        self._in_flight += 1
        self._max_in_flight = max(self._max_in_flight, self._in_flight)
        try:
            yield
        finally:
            self._in_flight -= 1

    def calls(self):
        """Calls so far, ended or not."""
        return len(self._arrivals)

    def in_flight(self):
        """Calls that have not ended."""
        return self._in_flight

    def max_in_flight(self):
        """The most calls that were in flight at one moment."""
        return self._max_in_flight

    def arrivals(self):
        """When each call arrived, in seconds since the test began."""
        return list(self._arrivals)

    def busiest_window(self, length):
        """The most calls that arrived within any window of that length, its end excluded: two calls exactly one second
        apart are not in the same one-second window."""
        arrivals = self._arrivals
        return max((sum(start <= at < round(start + length, 6) for at in arrivals) for start in arrivals), default=0)
