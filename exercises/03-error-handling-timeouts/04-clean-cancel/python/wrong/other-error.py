import asyncio

from harness import Resource


class Stopped(Exception):
    pass


async def print_all(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    try:
        for _ in range(pages):
            await printer.work()
    except asyncio.CancelledError as error:
        raise Stopped from error
    finally:
        await printer.close()
