import asyncio
from dataclasses import dataclass, field


@dataclass
class Report:
    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    report = Report()
    await asyncio.wait(orders.values())
    for number, order in orders.items():
        if order.cancelled():
            continue
        if order.exception() is not None:
            report.failed.append((number, order.exception().text))
        else:
            report.delivered.append((number, order.result()))
    return report
