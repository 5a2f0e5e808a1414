import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    replies = []
    for start in range(0, len(ids), 2):
        replies += await asyncio.gather(*(api.fetch(id) for id in ids[start : start + 2]))
    return replies
