"""Deadline: a limit that ends the wait with an error, and the work with it."""

import asyncio

from harness import Api, ApiError

PAUSE = 0.05
"""Seconds between two questions, so that the service is not flooded."""


class TooSlow(Exception):
    """The report was not ready in time."""

    def __init__(self, limit: float):
        super().__init__(f"not ready within {limit} s")
        self.limit = limit


async def wait_for_report(api: Api, id: int, limit: float) -> str:
    """Asks for the report until it is ready, for `limit` seconds at most. Raises `TooSlow`."""
    try:
        async with asyncio.timeout(limit):
            return await ask_until_ready(api, id)
    except TimeoutError as error:
        raise TooSlow from error


async def ask_until_ready(api: Api, id: int) -> str:
    while True:
        try:
            return await api.fetch(id)
        except ApiError:
            await asyncio.sleep(PAUSE)
