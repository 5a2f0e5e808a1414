import asyncio

from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0

    async def next(self) -> int:
        async with asyncio.Lock():
            self.last = await following(self.registry, self.last)
            return self.last


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
