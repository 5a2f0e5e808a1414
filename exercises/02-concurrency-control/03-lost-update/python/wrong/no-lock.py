from harness import Api


class Numbers:
    def __init__(self, registry: Api):
        self.registry = registry
        self.last = 0

    async def next(self) -> int:
        next = await following(self.registry, self.last)
        self.last = next
        return next


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
