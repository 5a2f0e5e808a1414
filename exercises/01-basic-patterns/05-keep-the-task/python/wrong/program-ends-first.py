import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    mails = set()
    for order in orders:
        receipts.append(await counter.fetch(order))
        task = asyncio.create_task(mail.fetch(order))
        mails.add(task)
        task.add_done_callback(mails.discard)
    return receipts
