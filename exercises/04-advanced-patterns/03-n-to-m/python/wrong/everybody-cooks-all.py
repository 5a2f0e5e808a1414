import asyncio

from harness import Api


async def run(hall: Api, stove: Api, lists: list[list[int]], cooks: int) -> list[str]:
    kitchen = [asyncio.Queue() for _ in range(cooks)]
    async with asyncio.TaskGroup() as day:
        cooked = [day.create_task(cook(stove, orders)) for orders in kitchen]
        async with asyncio.TaskGroup() as waiters:
            for tables in lists:
                waiters.create_task(wait_tables(hall, tables, kitchen))
        for orders in kitchen:
            await orders.put(None)
    return [dish for dishes in cooked for dish in dishes.result()]


async def wait_tables(hall: Api, tables: list[int], kitchen: list[asyncio.Queue]) -> None:
    """Takes the orders of a list, one after another."""
    for order in tables:
        await hall.fetch(order)
        for orders in kitchen:
            await orders.put(order)


async def cook(stove: Api, orders: asyncio.Queue) -> list[str]:
    """Cooks until it is told that there are no more orders."""
    dishes = []
    while (order := await orders.get()) is not None:
        dishes.append(await stove.fetch(order))
    return dishes
