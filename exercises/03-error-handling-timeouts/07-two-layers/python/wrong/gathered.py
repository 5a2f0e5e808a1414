import asyncio
from typing import NamedTuple

from harness import ApiError


class End(NamedTuple):
    kind: str
    text: str = ""


async def ends(tasks: list[asyncio.Task[str]]) -> list[End]:
    try:
        return [End("value", value) for value in await asyncio.gather(*tasks)]
    except ApiError as error:
        return [End("failed", error.text)]
