import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.every = 1 / per_second
        self.lock = asyncio.Lock()

    async def fetch(self, id: int) -> str:
        async with self.lock:
            reply = await self.api.fetch(id)
            await asyncio.sleep(self.every)
        return reply
