import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.per_second = per_second
        self.start = None
        self.calls = 0

    async def fetch(self, id: int) -> str:
        while (wait := self.count()) > 0:
            await asyncio.sleep(wait)
        return await self.api.fetch(id)

    def count(self) -> float:
        now = asyncio.get_running_loop().time()
        if self.start is None or now >= self.start + 1:
            self.start, self.calls = now, 0
        if self.calls == self.per_second:
            return self.start + 1 - now
        self.calls += 1
        return 0
