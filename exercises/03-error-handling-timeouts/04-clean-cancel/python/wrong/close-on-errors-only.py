from harness import Resource


async def print_all(printers: Resource, pages: int) -> None:
    printer = await printers.open()
    try:
        for _ in range(pages):
            await printer.work()
    except Exception:
        await printer.close()
        raise
    await printer.close()
