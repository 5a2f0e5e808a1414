import asyncio
from dataclasses import dataclass, field

from harness import ApiError


@dataclass
class Report:
    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    try:
        replies = await asyncio.gather(*orders.values())
    except ApiError as refused:
        return Report(failed=[(refused.id, refused.text)])
    return Report(delivered=list(zip(orders, replies)))
