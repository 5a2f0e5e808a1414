import asyncio

from harness import Api, ApiError


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(api.fetch(id)) for id in ids]
    except* ApiError as errors:
        print(errors)
    return [task.result() for task in tasks if not task.cancelled() and task.exception() is None]
