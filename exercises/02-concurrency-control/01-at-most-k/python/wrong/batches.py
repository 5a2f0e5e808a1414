import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    replies = []
    for start in range(0, len(ids), k):
        replies += await asyncio.gather(*(api.fetch(id) for id in ids[start : start + k]))
    return replies
