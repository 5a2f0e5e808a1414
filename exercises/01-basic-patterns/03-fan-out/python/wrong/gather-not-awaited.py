import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    return asyncio.gather(*(api.fetch(id) for id in ids))
