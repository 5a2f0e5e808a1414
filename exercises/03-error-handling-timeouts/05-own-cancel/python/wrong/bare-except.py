import asyncio
import itertools

from harness import Api

SIGN_OFF, NEWS, REPORT = 0, 1, 2


async def supervise(work: Api, desk: Api) -> str:
    child = asyncio.create_task(worker(work))
    try:
        await desk.fetch(NEWS)
        child.cancel()
        await child
    except:  # noqa: E722
        child.cancel()
    return await desk.fetch(REPORT)


async def worker(work: Api) -> None:
    try:
        for number in itertools.count(1):
            await work.fetch(number)
    finally:
        await work.fetch(SIGN_OFF)
