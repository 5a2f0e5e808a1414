import asyncio

from harness import Api, ApiError

PAUSE = 0.05


class TooSlow(Exception):
    def __init__(self, limit: float):
        super().__init__(f"not ready within {limit} s")
        self.limit = limit


async def wait_for_report(api: Api, id: int, limit: float) -> str:
    async with asyncio.timeout(limit):
        return await ask_until_ready(api, id)


async def ask_until_ready(api: Api, id: int) -> str:
    while True:
        try:
            return await api.fetch(id)
        except ApiError:
            await asyncio.sleep(PAUSE)
