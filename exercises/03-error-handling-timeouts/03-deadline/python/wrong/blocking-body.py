import asyncio
import time

from harness import Api, ApiError

PAUSE = 0.05


class TooSlow(Exception):
    def __init__(self, limit: float):
        super().__init__(f"not ready within {limit} s")
        self.limit = limit


async def wait_for_report(api: Api, id: int, limit: float) -> str:
    try:
        async with asyncio.timeout(limit):
            return await ask_until_ready(api, id)
    except TimeoutError as error:
        raise TooSlow(limit) from error


async def ask_until_ready(api: Api, id: int) -> str:
    while True:
        try:
            return await api.fetch(id)
        except ApiError:
            time.sleep(PAUSE)
