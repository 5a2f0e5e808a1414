import asyncio


async def twice(n):
    await asyncio.sleep(0)
    if n % 2 == 1:
        await asyncio.Event().wait()
    return n * 2
