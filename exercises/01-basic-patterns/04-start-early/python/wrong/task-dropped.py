import asyncio

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    asyncio.create_task(storage.fetch(page))
    return await renderer.fetch(page)
