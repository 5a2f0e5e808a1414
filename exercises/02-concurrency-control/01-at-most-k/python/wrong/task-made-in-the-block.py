import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int], k: int) -> list[str]:
    places = asyncio.Semaphore(k)
    tasks = []
    for id in ids:
        async with places:
            tasks.append(asyncio.create_task(api.fetch(id)))
    return await asyncio.gather(*tasks)
