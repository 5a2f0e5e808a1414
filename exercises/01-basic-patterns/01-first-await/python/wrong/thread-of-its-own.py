import asyncio
from concurrent.futures import ThreadPoolExecutor

from harness import Api


async def greet(api: Api, id: int) -> str:
    with ThreadPoolExecutor() as pool:
        name = pool.submit(asyncio.run, api.fetch(id)).result()
    return f"Hello, {name}!"
