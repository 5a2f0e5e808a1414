import asyncio

from harness import Api


async def greet(api: Api, id: int) -> str:
    loop = asyncio.new_event_loop()
    try:
        name = loop.run_until_complete(api.fetch(id))
    finally:
        loop.close()
    return f"Hello, {name}!"
