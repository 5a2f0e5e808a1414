import asyncio

from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0
        self.lock = asyncio.Lock()

    async def next(self) -> int:
        async with self.lock:
            last = self.last
        next = await following(self.registry, last)
        async with self.lock:
            self.last = next
        return next


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
