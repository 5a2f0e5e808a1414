import asyncio

from harness import Resource

closing = set()


async def print_all(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    try:
        for _ in range(pages):
            await printer.work()
    except asyncio.CancelledError:
        closing.add(asyncio.create_task(printer.close()))
        raise
    await printer.close()
