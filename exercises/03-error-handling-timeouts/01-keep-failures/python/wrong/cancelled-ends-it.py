import asyncio
from dataclasses import dataclass, field

from harness import ApiError


@dataclass
class Report:
    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    report = Report()
    for number, order in orders.items():
        try:
            report.delivered.append((number, await order))
        except ApiError as refused:
            report.failed.append((number, refused.text))
        except asyncio.CancelledError:
            report.failed.append((number, "cancelled"))
            break
    return report
