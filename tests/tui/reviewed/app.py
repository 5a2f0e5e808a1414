import asyncio
import time


async def work():
    time.sleep(1)
    asyncio.create_task(other())


async def other():
    await asyncio.sleep(1)
