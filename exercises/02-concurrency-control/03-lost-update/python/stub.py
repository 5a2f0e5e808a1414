"""Lost update: a value that is read, thought about, and written."""

from harness import Api


class Numbers:
    """Hands out invoice numbers. Which number follows another, the registry knows: some are taken."""

    def __init__(self, registry: Api):
        """Begins after number 0."""
        self.registry = registry
        self.last = 0

    async def next(self) -> int:
        """Hands out the next number, which nobody else gets."""
        self.last = await following(self.registry, self.last)
        return self.last


async def following(registry: Api, last: int) -> int:
    """Asks the registry which number follows `last`."""
    return int(await registry.fetch(last))
