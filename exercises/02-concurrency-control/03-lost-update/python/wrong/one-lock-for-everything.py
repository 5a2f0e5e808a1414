import asyncio

from harness import Api

LOCK = asyncio.Lock()


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0

    async def next(self) -> int:
        async with LOCK:
            self.last = await following(self.registry, self.last)
            return self.last


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
