import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.places = asyncio.Semaphore(per_second)

    async def fetch(self, id: int) -> str:
        async with self.places:
            reply, _ = await asyncio.gather(self.api.fetch(id), asyncio.sleep(1))
        return reply
