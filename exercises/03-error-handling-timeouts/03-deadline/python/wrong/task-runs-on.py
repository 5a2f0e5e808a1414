import asyncio

from harness import Api, ApiError

PAUSE = 0.05


class TooSlow(Exception):
    def __init__(self, limit: float):
        super().__init__(f"not ready within {limit} s")
        self.limit = limit


async def wait_for_report(api: Api, id: int, limit: float) -> str:
    asking = asyncio.create_task(ask_until_ready(api, id))
    done, _ = await asyncio.wait([asking], timeout=limit)
    if not done:
        raise TooSlow(limit)
    return asking.result()


async def ask_until_ready(api: Api, id: int) -> str:
    while True:
        try:
            return await api.fetch(id)
        except ApiError:
            await asyncio.sleep(PAUSE)
