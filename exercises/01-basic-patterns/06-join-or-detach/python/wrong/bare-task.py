import asyncio
import itertools

from harness import Api


async def work(pulse: Api, job: Api, id: int) -> str:
    child = asyncio.create_task(beat(pulse))
    result = await job.fetch(id)
    del child
    return result


async def beat(pulse: Api) -> None:
    """Sends one pulse after another, without end."""
    for number in itertools.count(1):
        await pulse.fetch(number)
