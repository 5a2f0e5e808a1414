import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    replies = []
    for id in ids:
        task = asyncio.create_task(api.fetch(id))
        replies.append(await task)
    return replies
