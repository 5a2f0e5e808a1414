from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = -1

    async def next(self) -> int:
        self.last += 1
        return await following(self.registry, self.last)


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
