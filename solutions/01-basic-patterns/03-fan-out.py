"""Fan out: many fetches in the time of the longest."""

import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    """Fetches every id and returns the replies in the order of `ids`."""
    return await asyncio.gather(*(api.fetch(id) for id in ids))
