"""Own cancel: stop a child, survive it, and still obey when you are cancelled yourself."""

import asyncio
import itertools

from harness import Api

SIGN_OFF, NEWS, REPORT = 0, 1, 2


async def supervise(work: Api, desk: Api) -> str:
    """Lets the worker work until news come, stops it, and then fetches the report."""
    child = asyncio.create_task(worker(work))
    try:
        await desk.fetch(NEWS)
    finally:
        child.cancel()
        # Waits for the worker's end without raising it. A cancellation that comes out of here is meant for us.
        await asyncio.wait([child])
    return await desk.fetch(REPORT)


async def worker(work: Api) -> None:
    """Works until it is cancelled, and signs off."""
    try:
        for number in itertools.count(1):
            await work.fetch(number)
    finally:
        await work.fetch(SIGN_OFF)
