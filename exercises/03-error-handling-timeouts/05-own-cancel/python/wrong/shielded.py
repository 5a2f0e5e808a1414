import asyncio
import itertools

from harness import Api

SIGN_OFF, NEWS, REPORT = 0, 1, 2


async def supervise(work: Api, desk: Api) -> str:
    child = asyncio.create_task(worker(work))
    try:
        await desk.fetch(NEWS)
    finally:
        child.cancel()
        await asyncio.wait([child])
    reporting = asyncio.create_task(desk.fetch(REPORT))
    try:
        return await asyncio.shield(reporting)
    except asyncio.CancelledError:
        await reporting
        raise


async def worker(work: Api) -> None:
    try:
        for number in itertools.count(1):
            await work.fetch(number)
    finally:
        await work.fetch(SIGN_OFF)
