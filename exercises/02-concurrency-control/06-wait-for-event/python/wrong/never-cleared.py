import asyncio


class Door:
    def __init__(self):
        self.opened = asyncio.Event()
        self.is_open = False

    def open(self) -> None:
        self.is_open = True
        self.opened.set()

    def close(self) -> None:
        self.is_open = False

    async def enter(self) -> None:
        await self.opened.wait()
