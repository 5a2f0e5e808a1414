import asyncio

from harness import Api


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    return await asyncio.gather(*(api.fetch(id) for id in ids))
