import asyncio
from collections.abc import Callable

from harness import Api, ApiError

FIRST, LONGEST = 0.1, 1.0
BUSY = "503"


class OutOfTime(Exception):
    pass


async def fetch_retrying(api: Api, id: int, limit: float, jitter: Callable[[], float]) -> str:
    loop = asyncio.get_running_loop()
    end = loop.time() + limit
    most = FIRST
    while True:
        try:
            return await api.fetch(id)
        except ApiError as error:
            if error.text != BUSY:
                raise
        wait = most * jitter()
        if loop.time() + wait >= end:
            raise OutOfTime
        await asyncio.sleep(wait)
        most = min(most * 2, LONGEST)
