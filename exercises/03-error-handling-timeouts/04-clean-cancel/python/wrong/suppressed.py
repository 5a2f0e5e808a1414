import asyncio
import contextlib

from harness import Resource


async def print_all(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    with contextlib.suppress(asyncio.CancelledError):
        for _ in range(pages):
            await printer.work()
    await printer.close()
