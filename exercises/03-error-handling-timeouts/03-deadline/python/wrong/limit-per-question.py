import asyncio

from harness import Api, ApiError

PAUSE = 0.05


class TooSlow(Exception):
    def __init__(self, limit: float):
        super().__init__(f"not ready within {limit} s")
        self.limit = limit


async def wait_for_report(api: Api, id: int, limit: float) -> str:
    while True:
        try:
            return await asyncio.wait_for(api.fetch(id), limit)
        except ApiError:
            await asyncio.sleep(PAUSE)
        except TimeoutError as error:
            raise TooSlow(limit) from error
