import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.every = 1 / per_second
        self.next = None

    async def fetch(self, id: int) -> str:
        now = asyncio.get_running_loop().time()
        slot = now if self.next is None else self.next
        self.next = slot + self.every
        await asyncio.sleep(max(0, slot - now))
        return await self.api.fetch(id)
