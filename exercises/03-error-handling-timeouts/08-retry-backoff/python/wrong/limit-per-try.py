import asyncio
from collections.abc import Callable

from harness import Api, ApiError

FIRST, LONGEST = 0.1, 1.0
BUSY = "503"


class OutOfTime(Exception):
    pass


async def fetch_retrying(api: Api, id: int, limit: float, jitter: Callable[[], float]) -> str:
    most = FIRST
    while True:
        try:
            return await asyncio.wait_for(api.fetch(id), limit)
        except TimeoutError as error:
            raise OutOfTime from error
        except ApiError as error:
            if error.text != BUSY:
                raise
        await asyncio.sleep(most * jitter())
        most = min(most * 2, LONGEST)
