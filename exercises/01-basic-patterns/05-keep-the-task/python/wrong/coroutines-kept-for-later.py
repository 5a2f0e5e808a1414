import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    mails = []
    for order in orders:
        receipts.append(await counter.fetch(order))
        mails.append(mail.fetch(order))
    await asyncio.gather(*mails)
    return receipts
