"""At most k: many fetches, never more than k at once."""

import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    """Fetches every id, at most `k` at once, and returns the replies in the order of `ids`."""
    places = asyncio.Semaphore(k)
    return await asyncio.gather(*(fetch_one(api, id, places) for id in ids))


async def fetch_one(api: Api, id: int, places: asyncio.Semaphore) -> str:
    # The place is taken as long as the fetch is under way: the await stands inside the block.
    async with places:
        return await api.fetch(id)
