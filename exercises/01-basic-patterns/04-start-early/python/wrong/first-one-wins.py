import asyncio

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    backup = asyncio.create_task(storage.fetch(page))
    rendering = asyncio.create_task(renderer.fetch(page))
    await asyncio.wait([backup, rendering], return_when=asyncio.FIRST_COMPLETED)
    backup.cancel()
    return await rendering
