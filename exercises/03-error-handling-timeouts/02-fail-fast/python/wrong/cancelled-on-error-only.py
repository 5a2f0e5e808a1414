import asyncio

from harness import Api


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    tasks = [asyncio.create_task(api.fetch(id)) for id in ids]
    done, left_over = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in left_over:
        task.cancel()
    for task in done:
        task.result()
    return [task.result() for task in tasks]
