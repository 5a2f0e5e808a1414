import threading

from harness import Api


class Tally:
    def __init__(self, ballots: Api, registry: Api):
        self.ballots = ballots
        self.registry = registry
        self.votes = {}
        self.last_receipt = 0
        self.lock = threading.Lock()

    async def vote(self, voter: int) -> int:
        choice = await self.ballots.fetch(voter)
        self.votes[choice] = self.votes.get(choice, 0) + 1
        with self.lock:
            self.last_receipt = await following(self.registry, self.last_receipt)
            return self.last_receipt

    def result(self) -> dict[str, int]:
        return dict(self.votes)


async def following(registry: Api, last: int) -> int:
    return int(await registry.fetch(last))
