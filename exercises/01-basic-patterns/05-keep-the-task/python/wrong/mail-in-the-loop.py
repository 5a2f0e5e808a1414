from harness import Api


async def serve(counter: Api, mail: Api, orders: list[int]) -> list[str]:
    receipts = []
    for order in orders:
        receipts.append(await counter.fetch(order))
        await mail.fetch(order)
    return receipts
