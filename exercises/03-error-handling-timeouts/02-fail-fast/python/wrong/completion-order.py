import asyncio

from harness import Api


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    parts = []

    async def fetch(id: int) -> None:
        parts.append(await api.fetch(id))

    async with asyncio.TaskGroup() as group:
        for id in ids:
            group.create_task(fetch(id))
    return parts
