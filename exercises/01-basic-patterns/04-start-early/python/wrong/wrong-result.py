import asyncio

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    stored, _ = await asyncio.gather(storage.fetch(page), renderer.fetch(page))
    return stored
