import asyncio
import itertools

from harness import Api


async def work(pulse: Api, job: Api, id: int) -> str:
    child = beat(pulse)
    try:
        return await job.fetch(id)
    finally:
        child.close()


async def beat(pulse: Api) -> None:
    """Sends one pulse after another, without end."""
    for number in itertools.count(1):
        await pulse.fetch(number)
