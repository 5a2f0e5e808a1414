import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    places = asyncio.Semaphore(k)
    return await asyncio.gather(*(fetch_one(api, id, places) for id in ids))


async def fetch_one(api: Api, id: int, places: asyncio.Semaphore) -> str:
    await places.acquire()
    return await api.fetch(id)
