import asyncio
from collections.abc import Callable

from harness import Api, ApiError

FIRST, LONGEST = 0.1, 1.0
BUSY = "503"


class OutOfTime(Exception):
    pass


async def fetch_retrying(api: Api, id: int, limit: float, jitter: Callable[[], float]) -> str:
    task = asyncio.create_task(trying(api, id, jitter))
    try:
        done, _ = await asyncio.wait([task], timeout=limit)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if not done:
        raise OutOfTime
    return task.result()


async def trying(api: Api, id: int, jitter: Callable[[], float]) -> str:
    most = FIRST
    while True:
        try:
            return await api.fetch(id)
        except ApiError as error:
            if error.text != BUSY:
                raise
        await asyncio.sleep(most * jitter())
        most = min(most * 2, LONGEST)
