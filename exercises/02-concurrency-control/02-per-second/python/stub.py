"""Per second: at most so many calls in any one-second window."""

from harness import Api


class Paced:
    """A service that is asked at most `per_second` times in any second, by however many callers."""

    def __init__(self, api: Api, per_second: int):
        """Allows `per_second` calls of `api` in any one-second window."""
        self.api = api
        self.per_second = per_second

    async def fetch(self, id: int) -> str:
        """Asks the service for `id` as soon as it may be asked."""
        return await self.api.fetch(id)
