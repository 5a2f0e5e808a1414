import asyncio
import itertools

from harness import Api


async def work(pulse: Api, job: Api, id: int) -> str:
    async with asyncio.TaskGroup() as children:
        child = children.create_task(beat(pulse))
        report = await job.fetch(id)
        child.cancel()
    return report


async def beat(pulse: Api) -> None:
    """Sends one pulse after another, without end."""
    for number in itertools.count(1):
        await pulse.fetch(number)
