import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    async with asyncio.TaskGroup() as mails:
        for order in orders:
            mails.create_task(mail.fetch(order))
            receipts.append(await counter.fetch(order))
    return receipts
