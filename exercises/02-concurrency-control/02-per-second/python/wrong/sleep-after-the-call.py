import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.per_second = per_second

    async def fetch(self, id: int) -> str:
        reply = await self.api.fetch(id)
        await asyncio.sleep(1 / self.per_second)
        return reply
