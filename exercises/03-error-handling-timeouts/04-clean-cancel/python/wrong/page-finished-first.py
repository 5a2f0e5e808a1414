import asyncio

from harness import Resource


async def print_all(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    try:
        for _ in range(pages):
            page = asyncio.create_task(printer.work())
            try:
                await asyncio.shield(page)
            except asyncio.CancelledError:
                await page
                raise
    finally:
        await printer.close()
