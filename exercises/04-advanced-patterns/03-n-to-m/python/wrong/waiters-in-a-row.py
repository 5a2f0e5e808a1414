import asyncio

from harness import Api


async def run(hall: Api, stove: Api, lists: list[list[int]], cooks: int) -> list[str]:
    orders = asyncio.Queue(2)
    async with asyncio.TaskGroup() as day:
        kitchen = [day.create_task(cook(stove, orders)) for _ in range(cooks)]
        for tables in lists:
            await wait_tables(hall, tables, orders)
        for _ in kitchen:
            await orders.put(None)
    return [dish for cooked in kitchen for dish in cooked.result()]


async def wait_tables(hall: Api, tables: list[int], orders: asyncio.Queue) -> None:
    """Takes the orders of a list, one after another."""
    for order in tables:
        await hall.fetch(order)
        await orders.put(order)


async def cook(stove: Api, orders: asyncio.Queue) -> list[str]:
    """Cooks until it is told that there are no more orders."""
    dishes = []
    while (order := await orders.get()) is not None:
        dishes.append(await stove.fetch(order))
    return dishes
