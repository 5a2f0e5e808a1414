import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    async def serve_one(order):
        receipt = await counter.fetch(order)
        mails.create_task(mail.fetch(order))
        return receipt

    async with asyncio.TaskGroup() as mails:
        return await asyncio.gather(*(serve_one(order) for order in orders))
