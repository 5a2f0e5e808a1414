import asyncio

from harness import Api


class Paced:
    def __init__(self, api: Api, per_second: int):
        self.api = api
        self.per_second = per_second
        self.tokens = per_second
        self.filled = 0.0

    async def fetch(self, id: int) -> str:
        await asyncio.sleep(self.take())
        return await self.api.fetch(id)

    def take(self) -> float:
        """Takes a token, which may not have dripped in yet, and says how long that takes."""
        now = asyncio.get_running_loop().time()
        dripped = (now - self.filled) * self.per_second
        self.tokens = min(self.tokens + dripped, self.per_second) - 1
        self.filled = now
        return max(0, -self.tokens / self.per_second)
