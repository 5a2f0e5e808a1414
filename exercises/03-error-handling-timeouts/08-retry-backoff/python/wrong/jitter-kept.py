"""Retry with backoff: again, but only where it helps, later each time, and not for ever."""

import asyncio
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
    try:
        # Around everything: it strikes during a try and during a wait.
        async with asyncio.timeout(limit):
            return await trying(api, id, jitter)
    except TimeoutError as error:
        raise OutOfTime from error


async def trying(api: Api, id: int, jitter: Callable[[], float]) -> str:
    most = FIRST
    while True:
        try:
            return await api.fetch(id)
        except ApiError as error:
            if error.text != BUSY:
                raise
        most *= jitter()
        await asyncio.sleep(most)
        most = min(most * 2, LONGEST)
