import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    for order in orders:
        receipts.append(await counter.fetch(order))
        asyncio.create_task(mail.fetch(order))
    mails = asyncio.all_tasks() - {asyncio.current_task()}
    if mails:
        await asyncio.wait(mails)
    return receipts
