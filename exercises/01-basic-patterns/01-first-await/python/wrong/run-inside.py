import asyncio

from harness import Api


async def greet(api: Api, id: int) -> str:
    name = asyncio.run(api.fetch(id))
    return f"Hello, {name}!"
