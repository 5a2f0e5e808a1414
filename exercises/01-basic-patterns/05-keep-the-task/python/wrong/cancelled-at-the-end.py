import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    mails = []
    try:
        for order in orders:
            receipts.append(await counter.fetch(order))
            mails.append(asyncio.create_task(mail.fetch(order)))
    finally:
        for task in mails:
            task.cancel()
    return receipts
