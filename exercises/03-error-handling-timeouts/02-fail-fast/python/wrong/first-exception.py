import asyncio

from harness import Api


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    tasks = [asyncio.create_task(api.fetch(id)) for id in ids]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in done:
        task.result()
    return [task.result() for task in tasks]
