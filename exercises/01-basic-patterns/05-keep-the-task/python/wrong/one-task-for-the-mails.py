import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    async def send():
        while (order := await queue.get()) is not None:
            await mail.fetch(order)

    queue = asyncio.Queue()
    sender = asyncio.create_task(send())
    receipts = []
    for order in orders:
        receipts.append(await counter.fetch(order))
        queue.put_nowait(order)
    queue.put_nowait(None)
    await sender
    return receipts
