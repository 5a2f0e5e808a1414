import asyncio

from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0
        self.lock = asyncio.Lock()

    async def next(self) -> int:
        await self.lock.acquire()
        self.last = await following(self.registry, self.last)
        next = self.last
        self.lock.release()
        return next


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
