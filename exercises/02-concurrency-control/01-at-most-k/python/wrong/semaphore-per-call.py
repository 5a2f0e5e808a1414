import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    return await asyncio.gather(*(fetch_one(api, id, k) for id in ids))


async def fetch_one(api: Api, id: int, k: int) -> str:
    async with asyncio.Semaphore(k):
        return await api.fetch(id)
