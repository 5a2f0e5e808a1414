from harness import Resource


async def print_all(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    for _ in range(pages):
        await printer.work()
