import asyncio

from harness import Api, ApiError

PAUSE = 0.05


class TooSlow(Exception):
    def __init__(self, limit: float):
        super().__init__(f"not ready within {limit} s")
        self.limit = limit


async def wait_for_report(api: Api, id: int, limit: float) -> str:
    for _ in range(int(limit / PAUSE)):
        try:
            return await api.fetch(id)
        except ApiError:
            await asyncio.sleep(PAUSE)
    raise TooSlow(limit)
