import asyncio
import itertools

from harness import Api


async def work(pulse: Api, job: Api, id: int) -> str:
    stop = asyncio.Event()
    child = asyncio.create_task(beat(pulse, stop))
    try:
        return await job.fetch(id)
    finally:
        stop.set()
        del child


async def beat(pulse: Api, stop: asyncio.Event) -> None:
    """Sends one pulse after another until it is told to stop."""
    for number in itertools.count(1):
        if stop.is_set():
            return
        await pulse.fetch(number)
