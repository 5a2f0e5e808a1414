"""Keep the task: work in the background that really ends."""

import asyncio

from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    """Serves the orders one after another, confirms each by mail in the background, and returns the receipts.

    The program ends when this returns.
    """
    receipts = []
    for order in orders:
        receipts.append(await counter.fetch(order))
        asyncio.create_task(mail.fetch(order))
    return receipts
