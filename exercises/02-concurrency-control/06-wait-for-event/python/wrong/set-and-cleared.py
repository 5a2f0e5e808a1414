import asyncio


class Door:
    def __init__(self):
        self.opened = asyncio.Event()

    def open(self) -> None:
        self.opened.set()
        self.opened.clear()

    def close(self) -> None:
        self.opened.clear()

    async def enter(self) -> None:
        await self.opened.wait()
