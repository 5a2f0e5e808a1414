import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    under_way = 0

    async def fetch_one(id: int) -> str:
        nonlocal under_way
        while under_way >= k:
            await asyncio.sleep(0.03)
        under_way += 1
        reply = await api.fetch(id)
        under_way -= 1
        return reply

    return await asyncio.gather(*(fetch_one(id) for id in ids))
