import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    under_way, replies = [], []
    for id in ids:
        if len(under_way) == k:
            replies.append(await under_way.pop(0))
        under_way.append(asyncio.create_task(api.fetch(id)))
    return replies + await asyncio.gather(*under_way)
