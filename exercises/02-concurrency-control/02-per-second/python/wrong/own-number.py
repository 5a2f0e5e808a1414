import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.next = 0

    async def fetch(self, id: int) -> str:
        now = asyncio.get_running_loop().time()
        slot = max(self.next, now)
        self.next = slot + 0.25
        await asyncio.sleep(slot - now)
        return await self.api.fetch(id)
