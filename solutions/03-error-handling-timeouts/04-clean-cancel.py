"""Clean cancel: when stopped, put things in order, and stay stopped."""

from harness import Resource


async def print_all(printers: Resource, pages: int) -> None:
    """Opens a printer, prints so many pages, and closes the printer."""
    printer = await printers.open()
    try:
        for _ in range(pages):
            await printer.work()
    finally:
        # Reached on every way out; afterwards a cancellation goes on.
        await printer.close()
