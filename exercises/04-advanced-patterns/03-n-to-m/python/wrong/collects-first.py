import asyncio

from harness import Api


async def run(hall: Api, stove: Api, lists: list[list[int]], cooks: int) -> list[str]:
    taken = await asyncio.gather(*(wait_tables(hall, tables) for tables in lists))
    stoves = asyncio.Semaphore(cooks)
    return await asyncio.gather(*(cook(stove, order, stoves) for tables in taken for order in tables))


async def wait_tables(hall: Api, tables: list[int]) -> list[int]:
    """Takes the orders of a list, one after another."""
    for order in tables:
        await hall.fetch(order)
    return tables


async def cook(stove: Api, order: int, stoves: asyncio.Semaphore) -> str:
    async with stoves:
        return await stove.fetch(order)
