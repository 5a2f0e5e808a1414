import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    place = asyncio.Lock()
    return await asyncio.gather(*(fetch_one(api, id, place) for id in ids))


async def fetch_one(api: Api, id: int, place: asyncio.Lock) -> str:
    async with place:
        return await api.fetch(id)
