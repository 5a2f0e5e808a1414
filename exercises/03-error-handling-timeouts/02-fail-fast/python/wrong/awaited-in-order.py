import asyncio

from harness import Api


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    tasks = [asyncio.create_task(api.fetch(id)) for id in ids]
    try:
        return [await task for task in tasks]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
