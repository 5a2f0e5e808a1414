import asyncio
from collections.abc import Callable

from harness import Api, ApiError

FIRST, LONGEST = 0.1, 1.0
BUSY = "503"


class OutOfTime(Exception):
    pass


async def fetch_retrying(api: Api, id: int, limit: float, jitter: Callable[[], float]) -> str:
    try:
        async with asyncio.timeout(limit):
            return await trying(api, id, jitter)
    except TimeoutError as error:
        raise OutOfTime from error


async def trying(api: Api, id: int, jitter: Callable[[], float]) -> str:
    most = FIRST
    while True:
        try:
            return await api.fetch(id)
        except ApiError as error:
            if error.text != BUSY:
                raise
        await asyncio.sleep(most * jitter())
        most *= 2
