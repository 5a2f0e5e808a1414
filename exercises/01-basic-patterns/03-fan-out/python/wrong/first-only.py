import asyncio

from harness import Api


async def fetch_all(api: Api, ids: list[int]) -> list[str]:
    if not ids:
        return []
    tasks = [asyncio.create_task(api.fetch(id)) for id in ids]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    return [task.result() for task in done]
