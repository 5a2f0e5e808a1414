import asyncio

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    backup = asyncio.create_task(storage.fetch(page))
    rendered = await renderer.fetch(page)
    await storage.fetch(page)
    return rendered
