import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    mails = []
    for order in orders:
        await counter.fetch(order)
        mails.append(asyncio.create_task(mail.fetch(order)))
    return await asyncio.gather(*mails)
