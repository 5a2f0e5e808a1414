"""Short lock: no lock for a section without an await, and one for a section with."""

import asyncio

from harness import Api


class Tally:
    """Counts votes and hands out receipts."""

    def __init__(self, ballots: Api, registry: Api):
        self.ballots = ballots
        self.registry = registry
        self.votes = {}
        self.last_receipt = 0
        self.lock = asyncio.Lock()

    async def vote(self, voter: int) -> int:
        """Reads the voter's ballot, counts it, and returns the number of the receipt."""
        async with self.lock:
            choice = await self.ballots.fetch(voter)
            self.votes[choice] = self.votes.get(choice, 0) + 1
            self.last_receipt = await following(self.registry, self.last_receipt)
            return self.last_receipt

    def result(self) -> dict[str, int]:
        """The votes counted so far. Not async: it is asked from everywhere."""
        return dict(self.votes)


async def following(registry: Api, last: int) -> int:
    """Asks the registry which receipt follows `last`."""
    return int(await registry.fetch(last))
