from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0

    async def next(self) -> int:
        await following(self.registry, 0)
        self.last += 1
        return self.last


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
