import asyncio

from harness import Api


async def run(hall: Api, stove: Api, lists: list[list[int]], cooks: int) -> list[str]:
    orders = asyncio.Queue(cooks)
    async with asyncio.TaskGroup() as day:
        kitchen = day.create_task(hand_out(stove, orders))
        async with asyncio.TaskGroup() as waiters:
            for tables in lists:
                waiters.create_task(wait_tables(hall, tables, orders))
        await orders.put(None)
    return kitchen.result()


async def wait_tables(hall: Api, tables: list[int], orders: asyncio.Queue) -> None:
    """Takes the orders of a list, one after another."""
    for order in tables:
        await hall.fetch(order)
        await orders.put(order)


async def hand_out(stove: Api, orders: asyncio.Queue) -> list[str]:
    """Begins a dish for every order that comes."""
    dishes = []
    while (order := await orders.get()) is not None:
        dishes.append(asyncio.create_task(stove.fetch(order)))
    return await asyncio.gather(*dishes)
