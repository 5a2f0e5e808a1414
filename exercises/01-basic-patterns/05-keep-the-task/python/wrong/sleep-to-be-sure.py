import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    mails = []
    for order in orders:
        receipts.append(await counter.fetch(order))
        mails.append(asyncio.create_task(mail.fetch(order)))
    # Enough for the mails.
    await asyncio.sleep(3600)
    return receipts
