import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    fetches = [api.fetch(id) for id in ids]
    return [await reply for reply in asyncio.as_completed(fetches)]
