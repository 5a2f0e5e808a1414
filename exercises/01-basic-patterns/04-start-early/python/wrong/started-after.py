import asyncio

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    rendered = await renderer.fetch(page)
    backup = asyncio.create_task(storage.fetch(page))
    await backup
    return rendered
