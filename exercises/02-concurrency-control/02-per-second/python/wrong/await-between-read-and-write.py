import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.every = 1 / per_second
        self.next = 0.0

    async def fetch(self, id: int) -> str:
        now = asyncio.get_running_loop().time()
        slot = max(self.next, now)
        await asyncio.sleep(slot - now)
        self.next = slot + self.every
        return await self.api.fetch(id)
