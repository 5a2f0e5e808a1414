import asyncio


async def twice(n):
    await asyncio.sleep(0)
    return n + 2
