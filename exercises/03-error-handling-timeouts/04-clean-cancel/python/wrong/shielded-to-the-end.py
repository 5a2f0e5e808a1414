import asyncio

from harness import Resource


async def print_all(printers: Resource, pages: int) -> None:
    printing = asyncio.create_task(print_undisturbed(printers, pages))
    try:
        await asyncio.shield(printing)
    except asyncio.CancelledError:
        await printing
        raise


async def print_undisturbed(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    for _ in range(pages):
        await printer.work()
    await printer.close()
