import asyncio

from harness import Api, ApiError


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    parts = await asyncio.gather(*(api.fetch(id) for id in ids), return_exceptions=True)
    return [part for part in parts if not isinstance(part, ApiError)]
