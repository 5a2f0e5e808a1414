import asyncio

from harness import Api


async def run(hall: Api, stove: Api, lists: list[list[int]], cooks: int) -> list[str]:
    orders = asyncio.Queue(2)
    dishes = []
    kitchen = [asyncio.create_task(cook(stove, orders, dishes)) for _ in range(cooks)]
    await asyncio.gather(*(wait_tables(hall, tables, orders) for tables in lists))
    await orders.join()
    for cooked in kitchen:
        cooked.cancel()
    await asyncio.gather(*kitchen, return_exceptions=True)
    return dishes


async def wait_tables(hall: Api, tables: list[int], orders: asyncio.Queue) -> None:
    """Takes the orders of a list, one after another."""
    for order in tables:
        await hall.fetch(order)
        await orders.put(order)


async def cook(stove: Api, orders: asyncio.Queue, dishes: list[str]) -> None:
    """Cooks until it is told that there are no more orders."""
    while True:
        order = await orders.get()
        orders.task_done()
        dishes.append(await stove.fetch(order))
