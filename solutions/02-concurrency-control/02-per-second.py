"""Per second: at most so many calls in any one-second window."""

import asyncio

from harness import Api


class Paced:
    """A service that is asked at most `per_second` times in any second, by however many callers."""

    def __init__(self, api: Api, per_second: int):
        """Allows `per_second` calls of `api` in any one-second window."""
        self.api = api
        self.every = 1 / per_second
        self.next = 0.0

    async def fetch(self, id: int) -> str:
        """Asks the service for `id` as soon as it may be asked."""
        # Nothing is awaited between reading and writing `next`.
        now = asyncio.get_running_loop().time()
        slot = max(self.next, now)
        self.next = slot + self.every
        await asyncio.sleep(slot - now)
        return await self.api.fetch(id)
